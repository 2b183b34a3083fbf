import { Screen } from './screen.ts';
import { keptTerminal } from './terminal.test-support.ts';

const CLEAR = '\r\u001B[2K';

const screenOn = (isTTY: boolean) => {
  const clock = { now: 0 };
  const terminal = keptTerminal({ isTTY });
  const screen = new Screen({ terminal, showsProgress: true, now: () => clock.now });
  return { clock, terminal, screen };
};

describe('progress on a terminal', () => {
  test('is one line that is drawn anew, no more than ten times a second', () => {
    const { clock, terminal, screen } = screenOn(true);
    for (const [now, text] of [
      [0, 'one'],
      [50, 'two'],
      [100, 'three'],
    ] as const) {
      clock.now = now;
      screen.progress(() => text);
    }
    expect(terminal.stderr.text).toBe(`${CLEAR}one${CLEAR}three`);
  });

  test('makes room for results and errors', async () => {
    const { terminal, screen } = screenOn(true);
    screen.progress(() => 'half');
    await screen.print('row\n');
    screen.progress(() => 'more');
    screen.note('an error');
    expect(terminal.stdout.text).toBe('row\n');
    expect(terminal.stderr.text).toBe(`${CLEAR}half${CLEAR}${CLEAR}more${CLEAR}an error\n`);
  });

  test('never wraps', () => {
    const { terminal, screen } = screenOn(true);
    screen.progress((width) => 'x'.repeat((width ?? 0) + 50));
    expect(terminal.stderr.text.length).toBe(CLEAR.length + 79);
  });
});

test('progress elsewhere is a plain line every ten seconds, and none for what is done before', () => {
  const { clock, terminal, screen } = screenOn(false);
  for (const now of [0, 9000, 10_000, 15_000, 20_000]) {
    clock.now = now;
    screen.progress(() => `at ${now}`);
  }
  expect(terminal.stderr.text).toBe('at 10000\nat 20000\n');
});

test('results wait while whoever reads them is behind', async () => {
  const { terminal, screen } = screenOn(false);
  terminal.stdout.isFull = true;
  let isTaken = false;
  const printed = screen.print('much').then(() => (isTaken = true));
  await Promise.resolve();
  expect(isTaken).toBe(false);
  terminal.stdout.emit('drain');
  await printed;
  expect(isTaken).toBe(true);
});
