import tf from '@tensorflow/tfjs';

/** The two files of a TensorFlow.js LayersModel. */
export interface ModelFiles {
  /** `model.json`: topology and the list of weights. */
  readonly json: string;
  /** `weights.bin`: the weights, float32 little-endian, one after the other. */
  readonly weights: Uint8Array;
}

/** Puts a model into the files that `tf.loadLayersModel` reads. The same model gives the same bytes. */
export const toModelFiles = async (model: tf.LayersModel): Promise<ModelFiles> => {
  let files: ModelFiles | undefined;
  const handler = tf.io.withSaveHandler(
    async ({ modelTopology, format, generatedBy, weightSpecs, weightData }) => {
      const manifest = {
        format,
        generatedBy,
        convertedBy: null,
        modelTopology,
        weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
      };
      files = {
        json: `${JSON.stringify(manifest, null, 1)}\n`,
        weights: new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)),
      };
      return {
        modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON({ modelTopology: modelTopology as object }),
      };
    },
  );
  await model.save(handler);
  return files as ModelFiles;
};
