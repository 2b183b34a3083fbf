import { assembleModule, leb128, op } from './wasm-binary.ts';
import { engine } from './web-assembly.ts';

test.each([
  // From the WebAssembly and DWARF specifications.
  [624_485, false, [0xe5, 0x8e, 0x26]],
  [0, false, [0]],
  [127, false, [0x7f]],
  [128, false, [0x80, 0x01]],
  [63, true, [0x3f]],
  [64, true, [0xc0, 0x00]],
  [-1, true, [0x7f]],
  [-4, true, [0x7c]],
  [-123_456, true, [0xc0, 0xbb, 0x78]],
])('%i in LEB128, signed %j, is %j', (value, isSigned, expected) => {
  expect(leb128(value, isSigned)).toEqual(expected);
});

test('a module that was assembled is one that the engine takes', () => {
  const good = assembleModule(
    [{ name: 'drop', parameters: 1, locals: [], body: [op.get(0), op.set(0)] }],
    16,
  );
  const unbalanced = assembleModule([{ name: 'left', parameters: 1, locals: [], body: [op.get(0)] }], 16);
  expect(engine.validate(good)).toBe(true);
  expect(engine.validate(unbalanced)).toBe(false);
});
