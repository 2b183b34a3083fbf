import type { NamedValue } from '../graph/graph.ts';
import type { Shape } from '../graph/shape.ts';
import type { DataType } from '../graph/tensor.ts';
import { modelConfig } from './model-config.ts';
import { parseTextFormat, type TextMessage } from './text-format.test-support.ts';

const port = (name: string, shape: Shape, dtype: DataType = 'float32'): NamedValue => ({
  name,
  value: { dtype, shape },
});

const classifier = {
  name: 'smile',
  graph: { inputs: [port('pixels', ['N', 1, 48, 48])], outputs: [port('probabilities', ['N', 7])] },
};

/** The fields of Triton's model_config.proto that are used here, and what messages they hold. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  config: ['name', 'platform', 'max_batch_size', 'input', 'output', 'dynamic_batching', 'instance_group'],
  input: ['name', 'data_type', 'dims', 'reshape'],
  output: ['name', 'data_type', 'dims', 'reshape', 'label_filename'],
  reshape: ['shape'],
  dynamic_batching: ['preferred_batch_size', 'max_queue_delay_microseconds'],
  instance_group: ['count', 'kind'],
};

const unknownFields = (message: TextMessage, kind = 'config'): string[] => {
  const own = [...message.keys()].filter((field) => FIELDS[kind]?.includes(field) !== true);
  const inner = Array.from(message, ([field, values]) =>
    values.map((value) => (typeof value === 'string' ? [] : unknownFields(value, field))),
  );
  return own.map((field) => `${kind}.${field}`).concat(inner.flat(2));
};

const messages = (config: TextMessage, field: string): TextMessage[] =>
  (config.get(field) ?? []) as TextMessage[];

describe('modelConfig', () => {
  test('lets Triton form batches where the batch is open, and gives shapes without it', () => {
    const config = parseTextFormat(
      modelConfig({ ...classifier, labelFiles: { probabilities: 'labels.txt' } }),
    );
    expect(unknownFields(config)).toEqual([]);
    expect(config.get('name')).toEqual(['smile']);
    expect(config.get('platform')).toEqual(['onnxruntime_onnx']);
    expect(config.get('max_batch_size')).toEqual(['32']);
    const [input] = messages(config, 'input');
    expect([input?.get('name'), input?.get('data_type'), input?.get('dims')]).toEqual([
      ['pixels'],
      ['TYPE_FP32'],
      ['1', '48', '48'],
    ]);
    const [output] = messages(config, 'output');
    expect(output?.get('dims')).toEqual(['7']);
    expect(output?.get('label_filename')).toEqual(['labels.txt']);
    const [batching] = messages(config, 'dynamic_batching');
    expect(batching?.get('preferred_batch_size')).toEqual(['8', '16', '32']);
    expect(batching?.get('max_queue_delay_microseconds')).toEqual(['1000']);
    expect(messages(config, 'instance_group')[0]?.get('kind')).toEqual(['KIND_AUTO']);
  });

  test('runs requests one by one where a batch is fixed, with whole shapes', () => {
    const inputs = [port('image', [1, 'H', 'W', 3], 'int32')];
    const graph = { inputs, outputs: [port('count', ['N', 4], 'int64')] };
    const config = parseTextFormat(modelConfig({ name: 'finder', graph }));
    expect(unknownFields(config)).toEqual([]);
    expect(config.get('max_batch_size')).toEqual(['0']);
    expect(config.has('dynamic_batching')).toBe(false);
    expect(messages(config, 'input')[0]?.get('dims')).toEqual(['1', '-1', '-1', '3']);
    expect(messages(config, 'output')[0]?.get('dims')).toEqual(['-1', '4']);
    expect(messages(config, 'output')[0]?.get('data_type')).toEqual(['TYPE_INT64']);
  });

  test('reshapes single numbers, as Triton has no shape without sizes', () => {
    const graph = { inputs: [port('x', ['N', 2])], outputs: [port('age', ['N']), port('sum', ['N_2'])] };
    const config = parseTextFormat(modelConfig({ name: 'age', graph }));
    expect(unknownFields(config)).toEqual([]);
    const [age] = messages(config, 'output');
    expect(age?.get('dims')).toEqual(['1']);
    expect(messages(age as TextMessage, 'reshape')[0]?.get('shape')).toEqual([]);
    expect(config.get('max_batch_size')).toEqual(['32']);
  });
});
