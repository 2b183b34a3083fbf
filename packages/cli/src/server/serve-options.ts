import { DEVICES } from '@mien/infer-node';
import { InvalidArgumentError, Option } from 'commander';
import { availableParallelism } from 'node:os';
import { DEFAULT_LIMITS, DEFAULT_TIMES, MEBIBYTE } from './server-options.ts';

const MAX_PORT = 65_535;

const numberFrom = (least: number, { whole = true, most = Infinity } = {}) => {
  const words = `${whole ? 'a whole number' : 'a number'} from ${least}${most === Infinity ? '' : ` to ${most}`}`;
  return (text: string): number => {
    const value = Number(text);
    const fits = text.trim() !== '' && value >= least && value <= most && (!whole || Number.isInteger(value));
    if (!fits || value === Infinity) throw new InvalidArgumentError(`It must be ${words}.`);
    return value;
  };
};

const seconds = numberFrom(0, { whole: false });

const parseOrigins = (text: string, before: readonly string[]): readonly string[] => {
  const origins = text.split(',').map((origin) => origin.trim());
  for (const origin of origins) {
    const isOrigin = URL.canParse(origin) && new URL(origin).origin === origin;
    if (origin !== '*' && !isOrigin)
      throw new InvalidArgumentError(`${JSON.stringify(origin)} is no origin such as https://example.org.`);
  }
  return [...before, ...origins];
};

const inMebibytes = (bytes: number): number => bytes / MEBIBYTE;
const inSeconds = (milliseconds: number): number => milliseconds / 1000;

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

interface Flag {
  readonly flags: string;
  readonly words: string;
  readonly parse?: (text: string, before: never) => unknown;
  readonly choices?: readonly string[];
  readonly standard?: unknown;
}

const { bodyBytes, bodyMemoryBytes, images, pixels, faces, queue, frameBytes, streams, streamFps } =
  DEFAULT_LIMITS;
const { answerMs, uploadMs, drainDelayMs, drainMs } = DEFAULT_TIMES;

const FLAGS: readonly Flag[] = [
  { flags: '--host <address>', words: 'where to listen; 0.0.0.0 for all addresses', standard: '127.0.0.1' },
  {
    flags: '--port <number>',
    words: 'the TCP port; 0 for a free one',
    parse: numberFrom(0, { most: MAX_PORT }),
    standard: 8080,
  },
  { flags: '--model <path>', words: 'an expression model (default: the one that ships with Mien)' },
  { flags: '--card <path>', words: 'its card (default: NAME.card.json beside NAME.onnx)' },
  { flags: '--device <name>', words: 'where to run', choices: DEVICES, standard: 'auto' },
  {
    flags: '--workers <count>',
    words: 'threads that each hold the models',
    parse: numberFrom(1),
    standard: Math.min(4, availableParallelism()),
  },
  {
    flags: '--threads <count>',
    words: 'CPU threads inside one run (default: the cores, shared out)',
    parse: numberFrom(1),
  },
  {
    flags: '--api-key-file <path>',
    words: 'requests need one of its lines as their key (or set MIEN_API_KEY)',
  },
  {
    flags: '--cors <origin>',
    words: 'let pages of this origin in; repeatable, * for all',
    parse: parseOrigins,
    standard: [],
  },
  {
    flags: '--max-body <MiB>',
    words: 'the largest body',
    parse: numberFrom(1),
    standard: inMebibytes(bodyBytes),
  },
  {
    flags: '--body-memory <MiB>',
    words: 'memory for all bodies at once',
    parse: numberFrom(1),
    standard: inMebibytes(bodyMemoryBytes),
  },
  { flags: '--max-images <count>', words: 'images in one request', parse: numberFrom(1), standard: images },
  { flags: '--max-pixels <count>', words: 'pixels of one image', parse: numberFrom(1), standard: pixels },
  {
    flags: '--max-faces <count>',
    words: 'faces read in one image, the largest',
    parse: numberFrom(1),
    standard: faces,
  },
  {
    flags: '--queue <count>',
    words: 'images that may wait for a worker',
    parse: numberFrom(1),
    standard: queue,
  },
  {
    flags: '--max-frame <MiB>',
    words: 'the largest frame of a stream',
    parse: numberFrom(1),
    standard: inMebibytes(frameBytes),
  },
  {
    flags: '--max-streams <count>',
    words: 'WebSocket streams at once',
    parse: numberFrom(0),
    standard: streams,
  },
  {
    flags: '--stream-fps <count>',
    words: 'frames per second looked at in one stream',
    parse: numberFrom(1),
    standard: streamFps,
  },
  {
    flags: '--timeout <seconds>',
    words: 'from a whole request to its answer',
    parse: numberFrom(0.001, { whole: false }),
    standard: inSeconds(answerMs),
  },
  {
    flags: '--upload-timeout <seconds>',
    words: 'for a request to arrive',
    parse: numberFrom(1, { whole: false }),
    standard: inSeconds(uploadMs),
  },
  {
    flags: '--drain-delay <seconds>',
    words: 'go on after SIGTERM, not ready, for load balancers',
    parse: seconds,
    standard: inSeconds(drainDelayMs),
  },
  {
    flags: '--drain-timeout <seconds>',
    words: 'for requests in flight to end after that',
    parse: seconds,
    standard: inSeconds(drainMs),
  },
  {
    flags: '--log-level <level>',
    words: 'how much is logged, as JSON lines',
    choices: LEVELS,
    standard: 'info',
  },
];

const toOption = ({ flags, words, parse, choices, standard }: Flag): Option => {
  const option = new Option(flags, words);
  option.env(`MIEN_${option.name().replaceAll('-', '_').toUpperCase()}`);
  if (choices !== undefined) option.choices(choices);
  if (parse !== undefined) option.argParser(parse as (text: string, before: unknown) => unknown);
  return standard === undefined ? option : option.default(standard);
};

/** The options of `mien serve`, each to be had from the environment as well: `--max-body` as `MIEN_MAX_BODY`. */
export const serveOptions = (): Option[] => FLAGS.map(toOption);
