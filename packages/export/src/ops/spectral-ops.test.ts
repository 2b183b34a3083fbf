import { attribute, compareTiny, constant, fed, type TinyNode } from '../graph-model.test-support.ts';

const node = (name: string, op: string, ...input: string[]): TinyNode => ({ name, op, input });
const ends = [
  node('real', 'Real', 'node'),
  node('imaginary', 'Imag', 'node'),
  node('size', 'ComplexAbs', 'node'),
];

describe('Fourier transforms', () => {
  test.each(['FFT', 'IFFT'])('%s of signals in rows and of a single one', async (op) => {
    for (const shape of [[2, 8], [2, 3, 6], [5]]) {
      const nodes = [node('complex', 'Complex', 'x', 'y'), node('node', op, 'complex'), ...ends];
      const { verdict } = await compareTiny({
        operands: { x: fed(shape), y: fed(shape) },
        nodes,
        outputs: ['real', 'imaginary', 'size'],
      });
      expect(verdict).toBe('same');
    }
  });

  test.each([8, 6, 11])('RFFT of %i samples', async (length) => {
    const nodes = [node('node', 'RFFT', 'x', 'length'), ...ends];
    const operands = { x: fed([2, length]), length: constant([length]) };
    const { verdict } = await compareTiny({
      operands,
      nodes,
      outputs: ['real', 'imaginary', 'size'],
      isBatchOpen: true,
    });
    expect(verdict).toBe('same');
  });

  test('refuses RFFT of another length than its input, which tfjs takes no notice of', async () => {
    const operands = { x: fed([2, 8]), length: constant([6]) };
    const nodes = [node('node', 'RFFT', 'x', 'length'), ...ends];
    await expect(compareTiny({ operands, nodes, outputs: ['real'] })).rejects.toThrow(/another length/u);
  });

  test('IRFFT', async () => {
    const nodes = [node('complex', 'RFFT', 'x', 'length'), node('node', 'IRFFT', 'complex', 'length')];
    const operands = { x: fed([2, 8]), length: constant([8]) };
    expect((await compareTiny({ operands, nodes, outputs: ['node'], isBatchOpen: true })).verdict).toBe(
      'same',
    );
  });

  test('refuses complex outputs, which ONNX has no tensors for', async () => {
    const nodes = [{ ...node('node', 'Complex', 'x', 'x'), attr: { T: attribute.type('DT_FLOAT') } }];
    await expect(compareTiny({ operands: { x: fed([2]) }, nodes, outputs: ['node'] })).rejects.toThrow(
      /complex/u,
    );
  });
});
