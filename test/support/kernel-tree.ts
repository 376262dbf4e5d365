import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { koFile } from './elf.js';

/** A small tree of kernel modules on disk, for tests of the import. */
export const release = '6.1.0-9-amd64';
export const vermagic = `vermagic=${release} SMP preempt mod_unload modversions `;
export const usbcore = koFile({
  exports: [{ name: 'usb_register', crc: 0xaa }],
  imports: [{ name: 'kmalloc', crc: 0x11 }],
  modinfo: ['license=GPL', vermagic, 'depends='],
});
export const nic = koFile({
  imports: [
    { name: 'usb_register', crc: 0xaa },
    { name: 'kmalloc', crc: 0x11 },
  ],
  modinfo: ['license=GPL', vermagic, 'depends=usbcore', 'alias=usb:v0BDAp8152*'],
});
export const symvers = `0x00000011\tkmalloc\tvmlinux\tEXPORT_SYMBOL\t
0x00000022\tunused\tvmlinux\tEXPORT_SYMBOL_GPL\tNS
0x000000aa\tusb_register\tdrivers/usb/core/usbcore\tEXPORT_SYMBOL_GPL\t
`;

export const plain = {
  'kernel/drivers/usb/core/usbcore.ko': usbcore,
  'kernel/drivers/net/usb/my-nic.ko': nic,
  'modules.builtin': 'kernel/fs/ext4.ko\nkernel/fs/proc.ko\n',
  'modules.order': 'kernel/drivers/usb/core/usbcore.ko\n',
};

/** A directory of its own for one test. */
export class Room {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async open(): Promise<Room> {
    return new Room(await mkdtemp(join(tmpdir(), 'kmplab-import-')));
  }

  close(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }

  async put(path: string, content: Uint8Array | string): Promise<string> {
    const file = join(this.path, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    return file;
  }

  /** The files as `/lib/modules/<release>`. */
  async tree(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
    for (const [path, content] of Object.entries(files)) await this.put(`${release}/${path}`, content);
    return join(this.path, release);
  }
}
