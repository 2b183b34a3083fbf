import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/** What a server made of the load. */
export interface DrivenLoad {
  readonly seconds: number;
  /** Of the requests that were answered 200, milliseconds, the shortest first. */
  readonly latenciesMs: readonly number[];
  /** How often each other status came; `failed` for connections that broke. */
  readonly errors: ReadonlyMap<string, number>;
}

/** How much load there is: clients that each send an image as soon as they have the answer to the one before. */
export interface LoadParams {
  readonly url: string;
  /** Encoded images; every client goes through them in turn. */
  readonly images: readonly Uint8Array[];
  readonly clients: number;
  /** Ends the load: so many requests, or so many seconds. */
  readonly until: { readonly requests: number } | { readonly seconds: number };
  /** Called after every request, with how many there were. */
  readonly onProgress?: (requests: number) => void;
}

/** Sends one image. @returns the status of the answer, whose body is read to its end. */
const send = (url: string, agent: Agent, image: Uint8Array): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'image/jpeg', 'content-length': image.byteLength };
    const outgoing = request(`${url}/v1/recognize`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', reject);
    });
    outgoing.once('error', reject).end(image);
  });

/** Puts a server under load. */
export const driveLoad = async ({
  url,
  images,
  clients,
  until,
  onProgress = () => undefined,
}: LoadParams): Promise<DrivenLoad> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const latenciesMs: number[] = [];
  const errors = new Map<string, number>();
  const startedAtMs = performance.now();
  let sent = 0;
  const goesOn = (): boolean =>
    'requests' in until ? sent < until.requests : performance.now() - startedAtMs < until.seconds * 1000;
  const client = async (): Promise<void> => {
    while (goesOn()) {
      const image = images[sent++ % images.length] as Uint8Array;
      const sentAtMs = performance.now();
      const status = await send(url, agent, image).catch(() => 'failed');
      if (status === 200) latenciesMs.push(performance.now() - sentAtMs);
      else errors.set(`${status}`, (errors.get(`${status}`) ?? 0) + 1);
      onProgress(sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  const seconds = (performance.now() - startedAtMs) / 1000;
  return { seconds, latenciesMs: latenciesMs.toSorted((one, other) => one - other), errors };
};
