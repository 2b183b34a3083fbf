import { fileURLToPath } from 'node:url';
import type { FaceReader, OpenFaceReader, ReadFace } from '../face-reader.ts';
import { decodeRgb } from './decode-rgb.ts';
import { loadPackage, packageUrl } from './load-package.ts';

interface Net {
  readonly loadFromDisk: (folder: string) => Promise<void>;
}

interface FaceApiFace {
  readonly detection: {
    readonly box: {
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
    };
  };
  readonly expressions: { readonly asSortedArray: () => readonly { readonly expression: string }[] };
}

/** What is used of the library. */
interface FaceApi {
  readonly tf: {
    readonly tensor3d: (
      data: Uint8Array,
      shape: [number, number, number],
      dtype: 'int32',
    ) => { dispose: () => void };
  };
  readonly nets: { readonly ssdMobilenetv1: Net; readonly faceExpressionNet: Net };
  readonly SsdMobilenetv1Options: new (options: object) => object;
  readonly detectAllFaces: (
    tensor: unknown,
    options: object,
  ) => { readonly withFaceExpressions: () => Promise<readonly FaceApiFace[]> };
}

interface Tfjs {
  readonly setBackend: (name: string) => Promise<boolean>;
}

const toFace = ({ detection, expressions }: FaceApiFace): ReadFace => {
  const { left, top, width, height } = detection.box;
  return {
    box: { leftPx: left, topPx: top, widthPx: width, heightPx: height },
    label: expressions.asSortedArray()[0]?.expression ?? '',
  };
};

const open = async (file: string): Promise<FaceReader> => {
  const library = loadPackage(`@vladmandic/face-api/dist/${file}`) as FaceApi;
  const models = fileURLToPath(packageUrl('@vladmandic/face-api/model'));
  await library.nets.ssdMobilenetv1.loadFromDisk(models);
  await library.nets.faceExpressionNet.loadFromDisk(models);
  const options = new library.SsdMobilenetv1Options({ minConfidence: 0.5, maxResults: 100 });
  return {
    read: async (jpeg) => {
      const { data, shape } = await decodeRgb(jpeg);
      const tensor = library.tf.tensor3d(data, shape, 'int32');
      const faces = await library.detectAllFaces(tensor, options).withFaceExpressions();
      tensor.dispose();
      return faces.map(toFace);
    },
    close: () => Promise.resolve(),
  };
};

/** `@vladmandic/face-api`, its larger detector, on native TensorFlow. */
export const openFaceApiNative: OpenFaceReader = () => open('face-api.node.js');

/** The same on WebAssembly. */
export const openFaceApiWasm: OpenFaceReader = async () => {
  const tf = loadPackage('@tensorflow/tfjs') as Tfjs;
  const wasm = loadPackage('@tensorflow/tfjs-backend-wasm') as { setWasmPaths: (folder: string) => void };
  wasm.setWasmPaths(fileURLToPath(packageUrl('@tensorflow/tfjs-backend-wasm/dist/')));
  await tf.setBackend('wasm');
  return open('face-api.node-wasm.js');
};
