import React from "react";
import { Live, type Around, type Description } from "../live";
import { map } from "../map/map.js";

/** How areas of one class look. */
type ClassValue = {
  /** Colour of the area. */
  fillcolor: string;
  /** Colour of the line around it. */
  line?: string;
  /** Strokes and gaps of that line in pixels; none for a whole line. */
  dash?: number[];
  /** Colour of dots on it, where nothing is known. */
  dots?: string;
};

/** An area with its value. */
type AreaValue = {
  /** Its code in the boundary file, a P-code. */
  code: string;
  /** Which of the classes its value is in, from 0. */
  class: number;
  /** What pointing at it says: its name, then its value in words. */
  lines: string[];
};

/** Areas of a boundary file, coloured by class. Layers of other kinds have their own parts (README.md). */
type Layer = {
  /** areas, outlines, flows, nodes or tiles. */
  kind: string;
  /** Name of the boundary file: adm1 (divisions), adm2 (districts), adm3 (third areas). */
  boundaries?: string;
  /** Looks of the classes, from low to high. */
  classes?: ClassValue[];
  /** The areas, in the order in which a reader without a pointer goes through them. */
  areas?: AreaValue[];
};

/** A name beside an area, with its number. */
type LabelValue = {
  /** The name, and then the number. */
  text: string;
  /** The part of it that is set in bold. */
  emphasis: string;
  /** Longitude and latitude. */
  point: number[];
  /** Code of its area, or an empty text. */
  code: string;
  /** Lines under it, each with where it points: more, fewer, or an empty text. */
  notes: string[][];
};

/** A part of the legend. */
type LegendValue = {
  /** What its entries are. */
  title: string;
  /** Entries from top to bottom, each with `mark` (area, line or halves), `label` and its look. */
  entries: object[];
};

type Props = {
  /** The ID of this component, by which callbacks know it. */
  id?: string;
  /** What lies on the ground, from below to above. */
  layers: Layer[];
  /** Codes of what is selected: areas and tiles have a strong line, of the places of flows the first has a ring. */
  selected?: string[];
  /** Set by the component: the place that was pressed last, by pointer or keyboard, with the lines that it says, the keys
   *  that were held, and when. Of a place that is selected alone Escape is a press as well. */
  clicked?: {
    /** Its code. */
    code: string;
    /** What pointing at it says. */
    lines: string[];
    /** Whether Ctrl was held. */
    ctrlKey: boolean;
    /** Whether Cmd was held. */
    metaKey: boolean;
    /** Whether Shift was held. */
    shiftKey: boolean;
    /** Milliseconds since 1970. */
    timestamp: number;
  };
  /** What the map opens on: west, south, east and north in degrees; of tiles left, top, right and bottom in their radii. */
  box?: number[];
  /** The map goes back to what it opens on when this text changes, and else stays where its reader moved it. */
  view?: string;
  /** Names with numbers, the most important first; what has no room is left out. */
  labels?: LabelValue[];
  /** The legend from top to bottom. */
  legend?: LegendValue[];
  /** Areas that it opens on in place of the box, as large as there is room: `boundaries` and their `codes`. */
  fit?: object;
  /** Another map in its corner, with these same properties, a `title` and a line `under` it. */
  beside?: object;
  /** Of flows, what stands below the map: a `title` and `entries` of places that it does not show. */
  margin?: object;
  /** Of flows, a frame in which a part of it is drawn closer: its `box` and `title`. */
  inset?: object;
  /** Of tiles, numbers in words beside them: parts with a `title` and `rows`. */
  panel?: object[];
  /** A line at the foot of the map, such as what its boundaries do not mean. */
  notice?: string;
  /** Language of the names of the ground, a code such as en. */
  lang?: string;
  /** Whether the map stands on land and sea and can be moved over them. */
  ground?: boolean;
  /** Code of the country whose areas are drawn instead of its own shape. */
  country?: string;
  /** Colours of the ground and of the words on it, by name, where they are not to be the light ones. */
  inks?: object;
  /** Where boundary files are asked for, with `{file}` for a file's name. All maps of a page share it. */
  geography?: string;
  /** What the map is called for who hears it. */
  label?: string;
  /** ID of the element that names the map, in place of a label. */
  labelledBy?: string;
  /** What keys do on the map. */
  hint?: string;
  /** What the list of its places is called. */
  places?: string;
  /** Class of the element around the map. */
  className?: string;
  /** Style of the element around the map; it is as high as the map needs, or higher. */
  style?: object;
  /** Dash's way back to the server. */
  setProps: (props: Record<string, unknown>) => void;
};

/** What scripts of a page give as well that put the map into a room of their own; no app in Python can. */
type Within = {
  /** What grows with the map. */
  frame?: HTMLElement;
  /** The same map in the colours of the page as it is now. */
  inTheme?: (description: Description) => Description;
};

const OWN = new Set(["id", "selected", "clicked", "geography", "label", "labelledBy", "hint", "places", "className", "style", "setProps",
  "frame", "inTheme", "children", "loading_state"]);
/* What a map is built with; it is built again where one of these changes. */
const BUILT = ["id", "label", "labelledBy", "hint", "places"] as const;
const STRONG = 2;
const INKS = {
  sea: "#E9F1F7", sea_name: "#3B6E99", land: "#DFE3E1", divisions: "#A8AAAD", borders: "#7C8A98", surface: "#FFFFFF", frame: "#D3DAE0",
  text: "#12202E", name: "#43566A", halo: "rgba(255,255,255,0.85)", panel: "rgba(255,255,255,0.94)", mark: "#2C60CC", more: "#96530B",
  fewer: "#1B4F8F",
};
let made = 0;
/* Dash takes an ID of several parts too, and writes it so. */
const written = (id?: unknown) => (id && typeof id !== "string" ? JSON.stringify(id) : id as string | undefined);

/**
 * A map of areas in classes, of flows between places, or of tiles, drawn on a canvas without WebGL
 * and without any request but for boundary files. It works by pointer, touch and keyboard: `clicked` says what was
 * pressed. What `layers` hold and where boundary files come from is said in README.md.
 */
export default class AtlasMap extends React.Component<Props, { problem: string }> {
  static defaultProps = {
    box: [-180, -60, 180, 80],
    view: "",
    labels: [],
    legend: [],
    notice: "",
    lang: "en",
    ground: true,
    geography: "/geography/{file}",
    hint: "Arrow keys move the map, + and - zoom, 0 goes back.",
    places: "Places of the map",
  };

  state: { problem: string };
  live: Live | null = null;
  private room = React.createRef<HTMLDivElement>();
  /* Which of its maps was asked for last; none once it has gone. */
  private turn: number;

  constructor(props: Props) {
    super(props);
    this.state = { problem: "" };
    this.turn = 0;
  }

  componentDidMount() {
    this.build();
  }

  componentDidUpdate(before: Readonly<Props>) {
    if (BUILT.some((name) => before[name] !== this.props[name])) this.build();
    else if (this.isOther(before)) this.show();
  }

  componentWillUnmount() {
    this.turn += 1;
    this.live?.end();
  }

  private isOther(before: Readonly<Props>) {
    const names = Object.keys({ ...before, ...this.props }) as (keyof Props)[];
    return names.some((name) => before[name] !== this.props[name] && (name === "selected" || !OWN.has(name)));
  }

  private build() {
    const host = this.room.current as HTMLDivElement;
    this.live?.end();
    const within = this.props as Within;
    const around: Around = {
      id: written(this.props.id) ?? `atlas-map-${++made}`,
      label: this.props.label,
      labelledBy: this.props.labelledBy,
      hint: this.props.hint as string,
      places: this.props.places as string,
      frame: within.frame ?? (host.parentElement as HTMLElement),
      inTheme: within.inTheme ?? ((description) => description),
      clicked: (clicked) => this.props.setProps({ clicked }),
    };
    this.live = new Live(host, around);
    this.show();
  }

  /* At once where all files are here; else when they are, unless another map is asked for by then. */
  private show() {
    const turn = ++this.turn;
    map.geography = this.props.geography as string;
    const description = this.described();
    if (this.state.problem) this.setState({ problem: "" });
    if (map.isKnown(description)) {
      this.live?.show(description);
      return;
    }
    Promise.all([map.learn(description), map.lettersLoaded(JSON.stringify(description))])
      .then(() => { if (turn === this.turn) this.live?.show(description); })
      .catch((error: Error) => {
        console.error(error);
        if (turn === this.turn) this.setState({ problem: error.message });
      });
  }

  private described(): Description {
    const drawn = Object.fromEntries(Object.entries(this.props).filter(([name]) => !OWN.has(name)));
    const { selected } = this.props;
    const inks: Record<string, string> = { ...INKS, ...this.props.inks };
    if (!selected) return { ...drawn, inks } as unknown as Description;
    const layers = this.props.layers.flatMap((layer) => {
      if (layer.kind === "tiles") return [{ ...layer, outlined: selected }];
      const strong = { kind: "outlines", boundaries: layer.boundaries, codes: selected, line: inks.text, width: STRONG };
      return layer.kind === "areas" ? [layer, strong] : [layer];
    });
    return { ...drawn, inks, layers, chosen: selected[0] } as unknown as Description;
  }

  render() {
    const { id, className, style } = this.props;
    return (
      <div id={written(id)} className={["atlas-map", className].filter(Boolean).join(" ")} style={style as React.CSSProperties}>
        <div className="map-host" ref={this.room} />
        {this.state.problem ? <p role="alert">The map could not be drawn: {this.state.problem}</p> : null}
      </div>
    );
  }
}
