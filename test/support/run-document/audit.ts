import type { Audit } from '#run-document';

type Driver = Audit['devices'][number]['drivers'][number];

const taints = { proprietary: 0, outOfTree: 0, unsigned: 0, unsupported: 0, externalSupport: 0 };

const noRefusals = { kernelModules: 0, causes: { first: [], total: 0 } };
const skbRefusals: Audit['kernels'][number]['symbolRefusals'] = {
  kernelModules: 2708,
  causes: {
    first: [
      {
        cause: { kind: 'symbol', symbol: 'skb_put', kernel: '6.1.0-53-amd64' },
        problems: 0,
        packages: 0,
        direct: 412,
        through: 230,
        scenarios: [],
      },
    ],
    total: 1812,
  },
};

/** Two kernels, of which the newer boots next; the network card's state there is what most scenarios are about. */
export function audit(nic: Audit['devices'][number]['state']): Audit {
  const [older, newer] = ['6.1.0-52-amd64', '6.1.0-53-amd64'] as const;
  const device = (name: string, className: string, driver: Driver, modalias: string) => (kernel: string) => ({
    device: name,
    class: className,
    modalias,
    kernel,
    state: 'driven' as Audit['devices'][number]['state'],
    drivers: [driver],
  });
  const card = device(
    'Ethernet controller I217-LM',
    'network',
    { name: 'e1000e', from: 'package' },
    'pci:v00008086d0000153Asv00001028sd000005CBbc02sc00i00',
  );
  const disk = device(
    'NVMe SSD controller',
    'storage',
    { name: 'nvme', from: 'package' },
    'pci:v0000144Dd0000A808sv0000144Dsd0000A801bc01sc08i02',
  );
  const keyboard = device(
    'USB xHCI controller',
    'usb',
    { name: 'xhci_pci', from: 'builtin' },
    'pci:v00008086d00008C31sv00001028sd000005CBbc0Csc03i30',
  );
  return {
    policy: {
      weakModules: 'weak-modules2-any-directory',
      searchOrder: ['updates', 'extra', 'weak-updates', 'kgraft', 'built-in'],
      unsupportedModules: 'allow',
      signatures: 'taint',
      enrolledKeys: [],
    },
    kernels: [
      {
        release: older,
        package: 'kernel-default-6.1.180-1.x86_64',
        visible: 4023,
        loadable: 4023,
        weakUpdates: 0,
        shadowed: 0,
        refused: 0,
        refusals: { unsupported: 0, signature: 0, vermagic: 0, symbols: 0 },
        refusedExamples: [],
        taints,
        linksStopped: null,
        symbolRefusals: noRefusals,
        initrd: null,
        root: [
          { need: 'NVMe disk', state: 'ready' },
          { need: 'ext4', state: 'ready' },
        ],
      },
      {
        release: newer,
        package: 'kernel-default-6.1.187-1.x86_64',
        visible: 4023,
        loadable: nic === 'refused' ? 2816 : 4023,
        weakUpdates: nic === 'refused' ? 4023 : 0,
        shadowed: 0,
        refused: nic === 'refused' ? 1207 : 0,
        refusals: { unsupported: 0, signature: 0, vermagic: 0, symbols: nic === 'refused' ? 1207 : 0 },
        taints: { ...taints, unsigned: nic === 'refused' ? 2816 : 0 },
        linksStopped: null,
        symbolRefusals: skbRefusals,
        initrd: null,
        root: [
          { need: 'NVMe disk', state: 'ready' },
          { need: 'ext4', state: nic === 'refused' ? 'refused' : 'ready' },
        ],
        refusedExamples:
          nic === 'refused'
            ? [
                {
                  kernelModule: 'e1000e',
                  package: 'e1000e-kmp-default-6.1.180_k6.1.0_52-1.x86_64',
                  reason: 'symbols',
                  refusedImports: 12,
                  examples: [
                    { symbol: 'alloc_etherdev_mqs', wanted: 0x9f2c1a04, found: 0x1b77e0c2, why: 'version' },
                    { symbol: 'netif_napi_add_weight', wanted: 0xc1d2e3f4, found: null, why: 'unknown' },
                  ],
                },
              ]
            : [],
      },
    ],
    devices: [
      card(older),
      { ...card(newer), state: nic, ...(nic === 'noDriver' ? { drivers: [] } : {}) },
      disk(older),
      disk(newer),
      keyboard(older),
      keyboard(newer),
    ],
    nextBoot: newer,
  };
}
