import { fileURLToPath } from 'node:url';
import type { OpenFaceReader, ReadFace } from '../face-reader.ts';
import { decodeRgb } from './decode-rgb.ts';
import { loadPackage, packageUrl } from './load-package.ts';
import { servePackage } from './serve-package.ts';

/** What is used of the library. */
interface Human {
  readonly tf: {
    readonly tensor3d: (
      data: Uint8Array,
      shape: [number, number, number],
      dtype: 'int32',
    ) => { dispose: () => void };
  };
  readonly load: () => Promise<void>;
  readonly detect: (tensor: unknown) => Promise<{ readonly face: readonly HumanFace[] }>;
}

interface HumanFace {
  readonly box: readonly [left: number, top: number, width: number, height: number];
  readonly emotion?: readonly { readonly emotion: string }[];
}

const off = { enabled: false };

/** Faces and emotions alone, as fast as it goes: no mesh, nothing kept from the picture before. */
const CONFIG = {
  debug: false,
  cacheSensitivity: 0,
  filter: off,
  face: {
    enabled: true,
    detector: { maxDetected: 100 },
    emotion: { enabled: true },
    mesh: off,
    iris: off,
    description: off,
    antispoof: off,
    liveness: off,
  },
  body: off,
  hand: off,
  object: off,
  gesture: off,
  segmentation: off,
};

const toFace = ({ box: [leftPx, topPx, widthPx, heightPx], emotion }: HumanFace): ReadFace => ({
  box: { leftPx, topPx, widthPx, heightPx },
  label: emotion?.[0]?.emotion ?? '',
});

const open = async (
  file: string,
  config: object,
  close: () => Promise<void>,
): Promise<Awaited<ReturnType<OpenFaceReader>>> => {
  const library = loadPackage(`@vladmandic/human/dist/${file}`) as { Human: new (config: object) => Human };
  const human = new library.Human({ ...CONFIG, ...config });
  await human.load();
  return {
    read: async (jpeg) => {
      const { data, shape } = await decodeRgb(jpeg);
      const tensor = human.tf.tensor3d(data, shape, 'int32');
      const { face } = await human.detect(tensor);
      tensor.dispose();
      return face.map(toFace);
    },
    close,
  };
};

/** `@vladmandic/human` on native TensorFlow. */
export const openHumanNative: OpenFaceReader = () =>
  open(
    'human.node.js',
    { backend: 'tensorflow', modelBasePath: packageUrl('@vladmandic/human/models/').href },
    () => Promise.resolve(),
  );

/** `@vladmandic/human` on WebAssembly; it fetches its models. */
export const openHumanWasm: OpenFaceReader = async () => {
  loadPackage('@tensorflow/tfjs-backend-wasm');
  const models = await servePackage('@vladmandic/human/models/');
  const wasmPath = fileURLToPath(packageUrl('@tensorflow/tfjs-backend-wasm/dist/'));
  return open('human.node-wasm.js', { backend: 'wasm', modelBasePath: models.url, wasmPath }, models.close);
};
