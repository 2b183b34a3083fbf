import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

// Field numbers of tensorboard/compat/proto/event.proto and summary.proto.
const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 } as const;
const SUMMARY = { value: 1 } as const;
const VALUE = { tag: 1, simpleValue: 2 } as const;

/**
 * Encodes the `Event` message that opens every event file.
 *
 * @param wallTime seconds since 1970.
 */
export const fileVersionEvent = (wallTime: number): Uint8Array =>
  new BinaryWriter()
    .tag(EVENT.wallTime, WireType.Bit64)
    .double(wallTime)
    .tag(EVENT.fileVersion, WireType.LengthDelimited)
    .string('brain.Event:2')
    .finish();

/**
 * Encodes one number of a curve as an `Event` message.
 *
 * @param params.wallTime seconds since 1970.
 * @param params.tag name of the curve; `/` groups curves in TensorBoard.
 */
export const scalarEvent = (params: {
  readonly wallTime: number;
  readonly step: number;
  readonly tag: string;
  readonly value: number;
}): Uint8Array =>
  new BinaryWriter()
    .tag(EVENT.wallTime, WireType.Bit64)
    .double(params.wallTime)
    .tag(EVENT.step, WireType.Varint)
    .int64(params.step)
    .tag(EVENT.summary, WireType.LengthDelimited)
    .fork()
    .tag(SUMMARY.value, WireType.LengthDelimited)
    .fork()
    .tag(VALUE.tag, WireType.LengthDelimited)
    .string(params.tag)
    .tag(VALUE.simpleValue, WireType.Bit32)
    .float(params.value)
    .join()
    .join()
    .finish();
