import type { ShippedGraph } from './shipped-graph.ts';

/** The model that finds faces and six points of each in a picture: BlazeFace for back cameras, of Google's MediaPipe. */
export const faceDetectorModel = {
  fp32: {
    model: new URL('../onnx/face-detector.onnx', import.meta.url),
    card: new URL('../onnx/face-detector.card.json', import.meta.url),
  },
} satisfies Record<string, ShippedGraph>;
