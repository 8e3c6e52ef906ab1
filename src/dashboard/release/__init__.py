"""The release on disk: its folder, one open file, and what that file says about itself."""
