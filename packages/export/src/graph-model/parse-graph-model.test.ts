import { NotATfjsModelError } from '../read/model-files.ts';
import { NodeAttributes } from './node-attributes.ts';
import { parseGraphModel } from './parse-graph-model.ts';
import { parseReference } from './reference.ts';

const json = (change: object = {}) => ({
  modelTopology: {
    node: [
      { name: 'x', op: 'Placeholder' },
      { name: 'split', op: 'Split', input: ['x', '^wait'] },
      { name: 'wait', op: 'NoOp' },
      { name: 'end', op: 'Neg', input: ['split:1'] },
    ],
  },
  weightsManifest: [],
  ...change,
});

describe('parseGraphModel', () => {
  test('takes names from the signature, wherever the file has it', () => {
    const signature = {
      inputs: { 'pixels:0': { name: 'x:0' }, table: { name: 'x', resourceId: 3 } },
      outputs: { second: { name: 'split:1' }, 'end:0': { name: 'end:0' } },
    };
    for (const place of [{ signature }, { userDefinedMetadata: { signature } }]) {
      const { inputs, outputs } = parseGraphModel(json(place));
      expect(inputs).toEqual([{ name: 'pixels', reference: { node: 'x', output: 0 } }]);
      expect(outputs).toEqual([
        { name: 'second', reference: { node: 'split', output: 1 } },
        { name: 'end', reference: { node: 'end', output: 0 } },
      ]);
    }
  });

  test('names outputs as the structured names say', () => {
    const signature = { outputs: { a: { name: 'split' }, b: { name: 'end' } } };
    const { outputs } = parseGraphModel(
      json({ userDefinedMetadata: { signature, structuredOutputKeys: ['left', 'right'] } }),
    );
    expect(outputs.map(({ name }) => name)).toEqual(['left', 'right']);
  });

  test('finds inputs and outputs without a signature', () => {
    const { inputs, outputs, nodes } = parseGraphModel(json());
    expect([inputs, outputs].map((ports) => ports.map(({ name }) => name))).toEqual([['x'], ['end']]);
    expect(nodes.get('split')).toMatchObject({ inputs: [{ node: 'x', output: 0 }], controls: ['wait'] });
  });

  test.each([
    [{ modelTopology: undefined }, /no modelTopology/u],
    [{ modelTopology: { node: 'none' } }, /not a list of nodes/u],
    [{ modelTopology: { node: [{ name: 'x' }] } }, /not a list of nodes/u],
    [{ weightsManifest: undefined }, /no weightsManifest/u],
    [{ weightsManifest: [{}] }, /malformed/u],
    [{ modelTopology: { node: [], library: { function: [1] } } }, /library is malformed/u],
  ])('refuses %j', (change, message) => {
    expect(() => parseGraphModel(json(change))).toThrow(NotATfjsModelError);
    expect(() => parseGraphModel(json(change))).toThrow(message);
  });
});

describe('NodeAttributes', () => {
  const attributes = new NodeAttributes({
    asText: { i: '7' },
    asNumber: { i: 7 },
    float: { f: 0.5 },
    zero: { i: 0 },
    list: { list: { i: ['1', 2] } },
    floats: { list: { f: [0.5], i: [] } },
    padding: { s: 'U0FNRQ==' },
    codes: { s: [83, 65, 77, 69] },
    texts: { list: { s: ['UmVsdQ=='] } },
    type: { type: 'DT_INT64' },
    oldType: { type: 1 },
    shape: { shape: { dim: [{ size: '-1' }, { size: 3 }] } },
    unknown: { shape: { unknownRank: true } },
  });

  test('reads all forms that converters have written', () => {
    expect(['asText', 'asNumber', 'float', 'zero', 'none'].map((name) => attributes.number(name, 9))).toEqual(
      [7, 7, 0.5, 0, 9],
    );
    expect([
      attributes.numbers('list'),
      attributes.numbers('floats'),
      attributes.numbers('none', [4]),
    ]).toEqual([[1, 2], [0.5], [4]]);
    expect([attributes.text('padding', ''), attributes.text('codes', ''), attributes.texts('texts')]).toEqual(
      ['SAME', 'SAME', ['Relu']],
    );
    expect([attributes.type('type'), attributes.type('oldType'), attributes.type('none')]).toEqual([
      'int32',
      'float32',
      undefined,
    ]);
    expect([attributes.shape('shape'), attributes.shape('unknown')]).toEqual([[-1, 3], undefined]);
  });
});

describe('parseReference', () => {
  test.each([
    ['a', { node: 'a', output: 0 }],
    ['a/b:2', { node: 'a/b', output: 2 }],
    ['top:values:0', { node: 'top', output: 0 }],
    ['top:indices:0', { node: 'top', output: 1 }],
    ['parts:output:3', { node: 'parts', output: 3 }],
  ])('reads %s', (text, expected) => {
    expect(parseReference(text, (node) => (node === 'top' ? 'TopKV2' : 'Split'))).toEqual(expected);
  });
});
