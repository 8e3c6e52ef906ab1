/** What the component and the pages use of the drawing; each is described where it is written. */
import type { Description, Place, Point, Room, View } from "../live";

/** A drawing as the writers of canvas and SVG take it. */
export type Drawing = { width: number; height: number; view: View };

type Hands = { turn(view: View, byHand?: boolean): void; closer(by: number): void };
type PlaceList = { node: HTMLElement; write(places: Place[]): void; places(): Place[] };
type ListHands = {
  show(place: Place, button: HTMLElement): Point;
  leave(): void;
  go(code: string, event: MouseEvent): void;
  refocus(place: Place | null): void;
};

export const map: {
  geography: string;
  hands(live: object): Hands;
  placeList(live: ListHands, name: string): PlaceList;
  places(description: Description): Place[];
  isKnown(description: Description): boolean;
  learn(description: Description): Promise<void>;
  learnWorld(): Promise<unknown>;
  lettersLoaded(said: string): Promise<void>;
  foot(description: Description, width: number, narrow: boolean): { height: number };
  heightAbove(description: Description): number;
  heightBeside(description: Description): number;
  home(description: Description, room: Room, narrow: boolean): View;
  inRoom(view: View, before: Room, after: Room): View;
  hasGround(view: View, room: Room): boolean;
  hit(drawing: Drawing | null, at: Point): Place | null;
  spotOf(drawing: Drawing | null, place: Place): Point | null;
  pointOf(place: Place): Point;
  drawing(description: Description, look: object): Drawing;
  toCanvas(canvas: HTMLCanvasElement, drawing: Drawing, ratio: number): void;
  toSvg(drawing: Drawing): SVGSVGElement;
  picture(description: Description, room: Room & { view?: { view: View; room: Room } | null }): SVGSVGElement;
};
