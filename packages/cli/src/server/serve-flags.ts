import type { Device } from '@mien/infer-node';
import { resolve } from 'node:path';
import { parseApiKeys, readApiKeyFile } from './http/api-keys.ts';
import { MEBIBYTE, type ServerOptions } from './server-options.ts';

/** What the command line of `mien serve` comes to. */
export interface ServeFlags {
  readonly host: string;
  readonly port: number;
  readonly model?: string;
  readonly card?: string;
  readonly device: Device;
  readonly workers: number;
  readonly threads?: number;
  readonly apiKeyFile?: string;
  readonly cors: readonly string[];
  readonly maxBody: number;
  readonly bodyMemory: number;
  readonly maxImages: number;
  readonly maxPixels: number;
  readonly maxFaces: number;
  readonly queue: number;
  readonly maxFrame: number;
  readonly maxStreams: number;
  readonly streamFps: number;
  readonly timeout: number;
  readonly uploadTimeout: number;
  readonly drainDelay: number;
  readonly drainTimeout: number;
  readonly logLevel: string;
}

/** Where the command is run: relative paths are from there. */
export interface ServeSurroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const apiKeysOf = ({ apiKeyFile }: ServeFlags, { cwd, env }: ServeSurroundings): string[] => {
  const key = env['MIEN_API_KEY'];
  return [
    ...(apiKeyFile === undefined ? [] : readApiKeyFile(resolve(cwd, apiKeyFile))),
    ...(key === undefined ? [] : parseApiKeys(key, 'MIEN_API_KEY')),
  ];
};

/**
 * Turns the command line into what a server takes.
 *
 * @throws {InvalidApiKeyError} when the keys cannot be used.
 */
export const toServerOptions = (flags: ServeFlags, surroundings: ServeSurroundings): ServerOptions => ({
  host: flags.host,
  port: flags.port,
  recognizer: {
    device: flags.device,
    workers: flags.workers,
    ...(flags.model === undefined ? {} : { model: resolve(surroundings.cwd, flags.model) }),
    ...(flags.card === undefined ? {} : { card: resolve(surroundings.cwd, flags.card) }),
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
  },
  limits: {
    bodyBytes: flags.maxBody * MEBIBYTE,
    bodyMemoryBytes: flags.bodyMemory * MEBIBYTE,
    images: flags.maxImages,
    pixels: flags.maxPixels,
    faces: flags.maxFaces,
    queue: flags.queue,
    frameBytes: flags.maxFrame * MEBIBYTE,
    streams: flags.maxStreams,
    streamFps: flags.streamFps,
  },
  times: {
    answerMs: flags.timeout * 1000,
    uploadMs: flags.uploadTimeout * 1000,
    drainDelayMs: flags.drainDelay * 1000,
    drainMs: flags.drainTimeout * 1000,
  },
  apiKeys: apiKeysOf(flags, surroundings),
  corsOrigins: flags.cors,
  logLevel: flags.logLevel,
});
