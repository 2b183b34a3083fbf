export { faceToInput, type InputGeometry } from './face-to-input.ts';
export { InvalidFrameError, type Frame } from './frame.ts';
export { toOpaqueFrame, type OpaqueFrame } from './opaque-frame.ts';
export { resizePlane, type Plane, type Size } from './resize-plane.ts';
export { squareToFrame } from './square-to-frame.ts';
export { squareToInput } from './square-to-input.ts';
export { squareToPlanes, type Square } from './square-to-planes.ts';
export type { TiltedSquare } from './tilted-square.ts';
