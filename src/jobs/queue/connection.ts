import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { InputError } from '#errors';

export interface QueuePlace {
  /** `redis://host:port/database`, of Redis or Valkey. */
  readonly url: string;
  /** How long a queue that is gone is waited for. */
  readonly patienceMs: number;
  /** Hears that the queue is gone, and that it is back. */
  readonly onNews: (what: string) => void;
}

/** A connection that comes back by itself, and says when it did not for too long. */
export interface QueueConnection {
  readonly redis: Redis;
  /** Rejects with an InputError once the queue is gone for good; never resolves. */
  readonly gone: Promise<never>;
  /** Ends what uses the connection and then the connection; a queue that is gone is not waited for. */
  close(users: readonly { close(): Promise<unknown> }[]): Promise<void>;
}

/** Connects, and reconnects. @throws InputError `usage` for what is no address of a queue */
export function connectQueue({ url, patienceMs, onNews }: QueuePlace): QueueConnection {
  const name = queueName(url);
  // BullMQ waits for its commands itself; `maxRetriesPerRequest` must be null for what blocks.
  let closed = false;
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    // BullMQ duplicates the connection, options included: this ends the duplicates too.
    retryStrategy: (tries) => (closed ? null : Math.min(tries * 100, 1000)),
  });
  let giveUp: NodeJS.Timeout | null = null;
  const gone = new Promise<never>((_, reject) => {
    const missed = (): void => {
      if (giveUp !== null || closed) return;
      onNews(`the queue at ${name} does not answer; waiting up to ${Math.round(patienceMs / 1000)} s for it`);
      giveUp = setTimeout(() => {
        const hint = 'start it again and call the same command: no result is lost';
        reject(new InputError('unreadable', `the queue at ${name} is gone`, { expected: 'Redis or Valkey', hint }));
      }, patienceMs);
    };
    redis.on('close', missed);
    redis.on('ready', () => {
      if (giveUp === null) return;
      clearTimeout(giveUp);
      giveUp = null;
      onNews(`the queue at ${name} is back`);
    });
  });
  // Told through `gone`, which somebody may come to wait for later only.
  gone.catch(() => undefined);
  redis.on('error', () => undefined);
  return {
    redis,
    gone,
    async close(users) {
      closed = true;
      if (giveUp !== null) clearTimeout(giveUp);
      const orderly = Promise.allSettled(users.map((user) => user.close()));
      if (redis.status === 'ready') await Promise.race([orderly, sleep(closeMs, undefined, { ref: false })]);
      redis.disconnect();
    },
  };
}

const closeMs = 2000;

/** Without user and password. */
function queueName(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['redis:', 'rediss:'].includes(parsed.protocol) || parsed.hostname === '') {
    throw new InputError('usage', 'this is no address of a queue', {
      expected: 'redis://host:port, as redis://127.0.0.1:6379',
    });
  }
  return parsed.host;
}
