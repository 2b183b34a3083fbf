import type { Rgb } from './identity.ts';
import type { Scene } from './scene.ts';

/**
 * A point of a face: x to the picture's right, y down, z towards the viewer, the origin between the eyes' level and
 * the nose, lengths in half face widths. Without a z it lies on the face's curved front.
 */
export type FacePoint = readonly [x: number, y: number, z?: number];

/** How a shape is painted; SVG's own terms, lengths in half face widths. */
export interface Paint {
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidth?: number;
  readonly opacity?: number;
}

/** Collects the shapes of one face, seen under the scene's pose. */
export interface FaceCanvas {
  /** A smooth curve through the points (Catmull–Rom), closed or open. */
  readonly curve: (points: readonly FacePoint[], closed: boolean, paint: Paint) => void;
  /** Several curves as one shape: what a renderer takes time for is the number of shapes. */
  readonly curves: (lines: readonly (readonly FacePoint[])[], closed: boolean, paint: Paint) => void;
  /** An ellipse around a point of the face, not turned with it. */
  readonly ellipse: (centre: FacePoint, radii: readonly [number, number], paint: Paint) => void;
  /** Draws shapes of which only the part inside a closed curve shows. */
  readonly inside: (points: readonly FacePoint[], draw: () => void) => void;
  /** Adds a gradient or another definition. @returns its name as a paint, `url(#…)`. */
  readonly define: (content: (id: string) => string) => string;
  /** Adds SVG in picture coordinates, where the picture is 100 wide and 100 high. */
  readonly raw: (svg: string) => void;
  /** Where a face point lands in picture coordinates. */
  readonly project: (point: FacePoint) => readonly [number, number];
  /** The whole picture. */
  readonly toSvg: (sizePx: number) => string;
}

/** A colour in SVG's notation. */
export const css = (colour: Rgb): string =>
  `rgb(${colour.map((part) => Math.round(Math.min(255, Math.max(0, part)))).join(' ')})`;

/** Points and their mirror image on the other side of the face. */
export const bothSides = (points: readonly FacePoint[]): FacePoint[][] => [[...points], mirrored(points)];

/** Mirrors points to the other side of the face. */
export const mirrored = (points: readonly FacePoint[]): FacePoint[] =>
  points.map(([x, y, z]) => (z === undefined ? [-x, y] : [-x, y, z]));

/** Two digits after the point; several times as fast as `toFixed`. */
const digits = (value: number): string => `${Math.round(value * 100) / 100}`;

/** The front of the head as half an ellipsoid. */
const depthAt = (x: number, y: number): number =>
  0.85 * Math.sqrt(Math.max(0, 1 - (x / 1.1) ** 2 - (y / 1.5) ** 2));

const projection = ({ yawRad, pitchRad, rollRad, scale, centre }: Scene) => {
  const [cosYaw, sinYaw] = [Math.cos(yawRad), Math.sin(yawRad)];
  const [cosPitch, sinPitch] = [Math.cos(pitchRad), Math.sin(pitchRad)];
  const [cosRoll, sinRoll] = [Math.cos(rollRad), Math.sin(rollRad)];
  return ([x, y, z = depthAt(x, y)]: FacePoint): readonly [number, number] => {
    const turnedX = x * cosYaw + z * sinYaw;
    const turnedZ = z * cosYaw - x * sinYaw;
    const tiltedY = y * cosPitch + turnedZ * sinPitch;
    return [
      100 * (centre[0] + scale * (turnedX * cosRoll - tiltedY * sinRoll)),
      100 * (centre[1] + scale * (turnedX * sinRoll + tiltedY * cosRoll)),
    ];
  };
};

/** The path of a Catmull–Rom spline as cubic Béziers. */
const smoothPath = (points: readonly (readonly [number, number])[], closed: boolean): string => {
  const at = (index: number): readonly [number, number] =>
    points[
      closed ? (index + points.length) % points.length : Math.min(Math.max(index, 0), points.length - 1)
    ] as readonly [number, number];
  const parts = [`M${digits(at(0)[0])} ${digits(at(0)[1])}`];
  for (let index = 0; index < (closed ? points.length : points.length - 1); index++) {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    const controls = [
      from[0] + (to[0] - before[0]) / 6,
      from[1] + (to[1] - before[1]) / 6,
      to[0] - (after[0] - from[0]) / 6,
      to[1] - (after[1] - from[1]) / 6,
    ];
    parts.push(`C${[...controls, ...to].map(digits).join(' ')}`);
  }
  return parts.join('') + (closed ? 'Z' : '');
};

/** Starts an empty picture under the scene's pose. */
export const createFaceCanvas = (scene: Scene): FaceCanvas => {
  const project = projection(scene);
  const shapes: string[] = [];
  const definitions: string[] = [];
  const unit = scene.scale * 100;
  const attributes = ({ fill = 'none', stroke, strokeWidth = 0, opacity = 1 }: Paint): string =>
    [
      `fill="${fill}"`,
      stroke === undefined ? '' : `stroke="${stroke}" stroke-width="${digits(strokeWidth * unit)}"`,
      stroke === undefined ? '' : 'stroke-linecap="round" stroke-linejoin="round"',
      // Not `opacity`, which makes the renderer compose every shape as a layer of its own: four times as slow.
      opacity === 1 ? '' : `fill-opacity="${digits(opacity)}" stroke-opacity="${digits(opacity)}"`,
    ]
      .filter(Boolean)
      .join(' ');
  const define = (content: (id: string) => string): string => {
    const id = `d${definitions.length}`;
    definitions.push(content(id));
    return id;
  };
  const drawCurves: FaceCanvas['curves'] = (lines, closed, paint) => {
    const path = lines.map((points) => smoothPath(points.map(project), closed)).join('');
    shapes.push(`<path d="${path}" ${attributes(paint)}/>`);
  };
  return {
    project,
    raw: (svg) => void shapes.push(svg),
    define: (content) => `url(#${define(content)})`,
    inside: (points, draw) => {
      const path = smoothPath(points.map(project), true);
      const id = define((id) => `<clipPath id="${id}"><path d="${path}"/></clipPath>`);
      shapes.push(`<g clip-path="url(#${id})">`);
      draw();
      shapes.push('</g>');
    },
    curve: (points, closed, paint) => drawCurves([points], closed, paint),
    curves: drawCurves,
    ellipse: (centre, radii, paint) => {
      const [x, y] = project(centre);
      const size = `rx="${digits(radii[0] * unit)}" ry="${digits(radii[1] * unit)}"`;
      shapes.push(`<ellipse cx="${digits(x)}" cy="${digits(y)}" ${size} ${attributes(paint)}/>`);
    },
    toSvg: (sizePx) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${sizePx}" height="${sizePx}" viewBox="0 0 100 100">` +
      `<defs>${definitions.join('')}</defs>${shapes.join('')}</svg>`,
  };
};
