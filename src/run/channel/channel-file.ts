import { z } from 'zod';
import { parseYaml, readInputText } from '#files';
import { channelSchema } from '#scenario';

const limitBytes = 1 << 20;

const channelFileSchema = z.strictObject({
  scheme: z.string().default('modular'),
  kernelModules: z.array(z.string().min(1)).min(1).optional(),
  channel: channelSchema,
});

/** A channel by itself: what `kmplab channel` writes. */
export type ChannelFile = z.infer<typeof channelFileSchema>;

/** @throws InputError with file, line and column */
export async function readChannelFile(file: string): Promise<ChannelFile> {
  return parseYaml(await readInputText(file, { limitBytes, expected: 'a channel' }), file, {
    schema: channelFileSchema,
    what: 'a channel',
    hint: 'see scenarios/channels/ for one that is right, and docs/channel.md',
  });
}
