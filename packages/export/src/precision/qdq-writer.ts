import type { GraphBuilder } from '../graph/graph-builder.ts';
import { int, type Value } from '../graph/graph.ts';
import { floatTensor, type FloatTensor, type Tensor } from '../graph/tensor.ts';
import { quantizationOf, type Quantization } from './quantization.ts';
import type { QuantizedWeights } from './quantize-weights.ts';

/** Writes QuantizeLinear and DequantizeLinear nodes, the form in which ONNX says where a graph is 8-bit. */
export class QdqWriter {
  constructor(readonly builder: GraphBuilder) {}

  /** Quantises a float value to unsigned 8-bit numbers. */
  quantize(label: string, value: Value, quantization: Quantization): Value {
    const inputs = [value, ...this.#parameters(label, quantization)];
    const output: Value = { dtype: 'uint8', shape: value.shape };
    this.builder.adopt({ op: 'QuantizeLinear', label, inputs, output, attributes: {} });
    return output;
  }

  /** Reads unsigned 8-bit numbers as floats. */
  dequantize(label: string, value: Value, quantization: Quantization): Value {
    const inputs = [value, ...this.#parameters(label, quantization)];
    const output: Value = { dtype: 'float32', shape: value.shape };
    this.builder.adopt({ op: 'DequantizeLinear', label, inputs, output, attributes: {} });
    return output;
  }

  /** A kernel of signed 8-bit numbers, read as floats. */
  kernel(label: string, { tensor, scales, axis }: QuantizedWeights): Value {
    const zeroPoints: Tensor = { dtype: 'int8', shape: [scales.length], data: new Int8Array(scales.length) };
    return this.#perChannel(label, tensor, scales, zeroPoints, axis);
  }

  /** A bias of 32-bit numbers at the scale of the products that it is added to, read as floats. */
  bias(label: string, bias: readonly number[], scales: readonly number[]): Value {
    const data = Int32Array.from(bias, (value, channel) => Math.round(value / (scales[channel] as number)));
    const zeroPoints: Tensor = {
      dtype: 'int32',
      shape: [scales.length],
      data: new Int32Array(scales.length),
    };
    return this.#perChannel(label, { dtype: 'int32', shape: [data.length], data }, scales, zeroPoints, 0);
  }

  /** A constant operand of unsigned 8-bit numbers, read as floats. */
  constant(label: string, { shape, data }: FloatTensor): Value {
    const min = data.reduce((least, element) => Math.min(least, element), 0);
    const max = data.reduce((most, element) => Math.max(most, element), 0);
    const quantization = quantizationOf({ min, max });
    const { scale, zeroPoint } = quantization;
    const whole = Uint8Array.from(data, (element) => Math.round(element / scale) + zeroPoint);
    const constant = this.builder.constant(label, { dtype: 'uint8', shape, data: whole });
    return this.dequantize(label, constant, quantization);
  }

  #perChannel(
    label: string,
    tensor: Tensor,
    scales: readonly number[],
    zeroPoints: Tensor,
    axis: number,
  ): Value {
    const inputs = [
      this.builder.constant(label, tensor),
      this.builder.constant(`${label}/scale`, floatTensor([scales.length], scales)),
      this.builder.constant(`${label}/zero_point`, zeroPoints),
    ];
    const output: Value = { dtype: 'float32', shape: tensor.shape };
    this.builder.adopt({ op: 'DequantizeLinear', label, inputs, output, attributes: { axis: int(axis) } });
    return output;
  }

  #parameters(label: string, { scale, zeroPoint }: Quantization): [Value, Value] {
    return [
      this.builder.scalar(`${label}/scale`, scale),
      this.builder.constant(`${label}/zero_point`, {
        dtype: 'uint8',
        shape: [],
        data: Uint8Array.of(zeroPoint),
      }),
    ];
  }
}
