"""The map as a component of Dash, by itself: README.md says what it draws and how to use it.

It uses nothing of the product. The product's pages draw their maps with the same script, which they
fetch with the first map (``dashboard.bundles``), and so never import this module.
"""

from atlas_map.AtlasMap import AtlasMap

__all__ = ["AtlasMap"]
#: What browsers keep the script by.
__version__ = "1.0.0"

_js_dist = [{"relative_package_path": "atlas_map.min.js", "namespace": "atlas_map"}]
_css_dist = [{"relative_package_path": "atlas_map.css", "namespace": "atlas_map"}]
