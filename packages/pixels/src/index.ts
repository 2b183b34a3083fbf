export { faceToInput, type InputGeometry } from './face-to-input.ts';
export { InvalidFrameError, type Frame } from './frame.ts';
export { resizePlane, type Plane } from './resize-plane.ts';
