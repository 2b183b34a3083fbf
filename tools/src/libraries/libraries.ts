import type { OpenFaceReader } from './face-reader.ts';

/** A library that takes part, and how its reader is loaded: in a process of its own, and there alone. */
export interface Library {
  readonly id: string;
  readonly name: string;
  readonly load: () => Promise<OpenFaceReader>;
}

/** What is compared. */
export const LIBRARIES: readonly Library[] = [
  {
    id: 'mien',
    name: 'Mien, ONNX Runtime',
    load: async () => (await import('./readers/mien.ts')).openMien,
  },
  {
    id: 'human-native',
    name: 'human, native TensorFlow',
    load: async () => (await import('./readers/human.ts')).openHumanNative,
  },
  {
    id: 'human-wasm',
    name: 'human, WebAssembly',
    load: async () => (await import('./readers/human.ts')).openHumanWasm,
  },
  {
    id: 'face-api-native',
    name: 'face-api, native TensorFlow',
    load: async () => (await import('./readers/face-api.ts')).openFaceApiNative,
  },
  {
    id: 'face-api-wasm',
    name: 'face-api, WebAssembly',
    load: async () => (await import('./readers/face-api.ts')).openFaceApiWasm,
  },
];
