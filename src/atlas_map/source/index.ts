/* What a page gets: the component by its name for Dash, and the drawing for pictures and paper. */
import AtlasMap from "./components/AtlasMap";
import "./map/arcs.js";
import "./map/beside.js";
import "./map/canvas.js";
import "./map/drawing.js";
import "./map/flows.js";
import "./map/geography.js";
import "./map/hands.js";
import "./map/inset.js";
import "./map/labels.js";
import "./map/leaders.js";
import "./map/legend.js";
import "./map/letters.js";
import "./map/margin.js";
import "./map/panel.js";
import "./map/places.js";
import "./map/pointed.js";
import "./map/svg.js";
import "./map/tiles.js";
import "./map/view.js";
import { map } from "./map/map.js";

Object.assign(window, { atlas_map: { AtlasMap, map } });
