/* The writer of the screen: marks on a canvas that is kept on the processor. A graphics card would have
   to fetch it for every change, and where there is none its stand-in is twenty times slower. */
import { map } from "./map.js";

map.penOf = (canvas) => canvas.getContext("2d", { willReadFrequently: true });

/* Draw on a canvas whose pixels are so many times those of the page. */
map.toCanvas = function (canvas, drawing, ratio) {
  const pen = map.penOf(canvas);
  const plain = () => pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  plain();
  pen.clearRect(0, 0, drawing.width, drawing.height);
  pen.save();
  pen.beginPath();
  pen.rect(0, 0, drawing.room.width, drawing.room.height);
  pen.clip();
  drawing.inside.forEach((mark) => WRITERS[mark.mark](pen, mark, drawing.view, ratio, plain));
  pen.restore();
  plain();
  drawing.outside.forEach((mark) => WRITERS[mark.mark](pen, mark, drawing.view, ratio, plain));
};

/* One dot and the room around it, for each colour and ratio: dots stand as far apart at every scale. */
const dotted = new Map();

function dots(pen, colour, ratio) {
  const key = `${colour} ${ratio}`;
  if (!dotted.has(key)) {
    const { apart, radius } = map.DOTS;
    const cell = Object.assign(document.createElement("canvas"), { width: apart * ratio, height: apart * ratio });
    const own = map.penOf(cell);
    own.scale(ratio, ratio);
    own.fillStyle = colour;
    own.arc(apart / 2, apart / 2, radius, 0, 2 * Math.PI);
    own.fill();
    dotted.set(key, pen.createPattern(cell, "repeat"));
  }
  return dotted.get(key);
}

const WRITERS = {
  shape(pen, mark, { k, x, y }, ratio, plain) {
    pen.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    const outline = map.outlineOf(mark.shape);
    if (mark.fill) {
      pen.fillStyle = mark.fill;
      pen.fill(outline);
    }
    if (mark.dots) {
      pen.fillStyle = dots(pen, mark.dots, ratio);
      pen.fillStyle.setTransform(new DOMMatrix([1 / (ratio * k), 0, 0, 1 / (ratio * k), 0, 0]));
      pen.fill(outline);
    }
    if (mark.line) {
      ready(pen, mark, 1 / k);
      pen.stroke(outline);
    }
    plain();
  },
  inset(pen, { x, y, width, height, view, marks }, _, ratio, plain) {
    const moved = { k: view.k, x: view.x + x, y: view.y + y };
    const within = () => pen.setTransform(ratio, 0, 0, ratio, ratio * x, ratio * y);
    pen.save();
    pen.beginPath();
    pen.rect(x, y, width, height);
    pen.clip();
    within();
    marks.forEach((mark) => WRITERS[mark.mark](pen, mark, moved, ratio, within));
    pen.restore();
    plain();
  },
  path(pen, mark, _, ratio) {
    pen.beginPath();
    mark.steps.forEach(([step, ...at]) => STEPS[step](pen, at));
    inked(pen, mark, ratio);
  },
  circle(pen, mark, _, ratio) {
    pen.beginPath();
    pen.arc(mark.x, mark.y, mark.radius, 0, 2 * Math.PI);
    inked(pen, mark, ratio);
  },
  box(pen, mark, _, ratio) {
    pen.beginPath();
    pen.roundRect(mark.x, mark.y, mark.width, mark.height, mark.radius || 0);
    inked(pen, mark, ratio);
  },
  text(pen, mark) {
    if (mark.halo) {
      Object.assign(pen, { strokeStyle: mark.halo, lineWidth: mark.wide, lineJoin: "round" });
      pen.setLineDash([]);
      write(pen, mark, "strokeText");
    }
    pen.fillStyle = mark.ink;
    write(pen, mark, "fillText");
  },
};

const STEPS = {
  M: (pen, [x, y]) => pen.moveTo(x, y),
  L: (pen, [x, y]) => pen.lineTo(x, y),
  Q: (pen, at) => pen.quadraticCurveTo(...at),
  Z: (pen) => pen.closePath(),
};

function ready(pen, mark, unit) {
  pen.strokeStyle = mark.line;
  pen.lineWidth = mark.wide * unit;
  pen.lineJoin = "round";
  pen.setLineDash((mark.dash || []).map((part) => part * unit));
}

function inked(pen, mark, ratio) {
  pen.globalAlpha = mark.opacity || 1;
  if (mark.fill) {
    pen.fillStyle = mark.fill;
    pen.fill();
  }
  if (mark.dots) {
    pen.fillStyle = dots(pen, mark.dots, ratio);
    pen.fillStyle.setTransform(new DOMMatrix([1 / ratio, 0, 0, 1 / ratio, 0, 0]));
    pen.fill();
  }
  if (mark.line) {
    ready(pen, mark, 1);
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

function write(pen, mark, how) {
  mark.runs.forEach((run) => {
    pen.font = map.cssOf(run.font);
    pen.letterSpacing = `${run.font.spacing}px`;
    pen[how](run.said, mark.x + run.from, mark.y);
  });
}
