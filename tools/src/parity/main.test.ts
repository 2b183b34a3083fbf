import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const REGISTER = new URL('../../register-source.mjs', import.meta.url).href;

const parity = (...args: string[]): Promise<{ code: number; stderr: string }> =>
  new Promise((resolve) => {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const node = ['--conditions=@mien/source', '--import', REGISTER, MAIN, ...args];
    execFile(process.execPath, node, { env }, (error, _stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stderr }),
    );
  });

describe('the parity command', () => {
  test('says in one line that there is no such export', async () => {
    const { code, stderr } = await parity('--export', 'no-such-export', '--model', 'no-such-model');
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('no-such-export');
  });

  test('refuses to compare the shipped model and another at once', async () => {
    const { code, stderr } = await parity('--shipped', '--export', 'other.onnx');
    expect(code).toBe(1);
    expect(stderr).toContain("option '--shipped' cannot be used with option '--export <path>'");
  });

  test('names the runtimes where one is asked for that does not exist', async () => {
    const { code, stderr } = await parity('--only', 'node-abacus');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no runtime "node-abacus". Choose from node-cpu');
  });
});
