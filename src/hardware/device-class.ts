import type { DeviceClass } from './profile.js';

/**
 * What a device is for, by what its modalias says of it: the class codes of PCI (PCI Code and ID Assignment Specification) and of USB
 * interfaces (usb.org, "Defined Class Codes"), and virtio's device types (virtio 1.2, section 5). `other` where it does not say.
 */
export function classOfModalias(modalias: string): DeviceClass {
  const bus = modalias.slice(0, modalias.indexOf(':'));
  switch (bus) {
    case 'pci':
      return pciClasses[/bc([0-9A-F]{2})sc([0-9A-F]{2})/.exec(modalias)?.[1] ?? ''] ?? serialBusController(modalias);
    case 'usb':
      return usbClasses[/ic([0-9A-F]{2})/.exec(modalias)?.[1] ?? ''] ?? 'other';
    case 'virtio':
      return virtioTypes[Number.parseInt(/d([0-9A-F]{8})/.exec(modalias)?.[1] ?? '', 16)] ?? 'other';
    case 'hid':
    case 'input':
    case 'serio':
      return 'input';
    case 'scsi':
      return 'storage';
    case 'hdaudio':
    case 'snd':
      return 'sound';
    default:
      return 'other';
  }
}

const pciClasses: Readonly<Record<string, DeviceClass>> = {
  '01': 'storage',
  '02': 'network',
  '03': 'graphics',
  '04': 'sound',
  '06': 'bridge',
  '09': 'input',
  '0D': 'network',
};

/** Base class 0C: the bus counts, not that it is a controller. */
function serialBusController(modalias: string): DeviceClass {
  return serialBuses[/bc0Csc([0-9A-F]{2})/.exec(modalias)?.[1] ?? ''] ?? 'other';
}

/** USB, Fibre Channel, InfiniBand. */
const serialBuses: Readonly<Record<string, DeviceClass>> = { '03': 'usb', '04': 'storage', '06': 'network' };

const usbClasses: Readonly<Record<string, DeviceClass>> = {
  '01': 'sound',
  '03': 'input',
  '08': 'storage',
  '09': 'usb',
};

const virtioTypes: Readonly<Record<number, DeviceClass>> = {
  1: 'network',
  2: 'storage',
  8: 'storage',
  16: 'graphics',
  18: 'input',
  25: 'sound',
};
