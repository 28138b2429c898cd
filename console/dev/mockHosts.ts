import type { DoctorReport, HostView } from '../src/api/types';

const gib = 2 ** 30;

const doctor: DoctorReport = {
  qemu: '7.2.13', accelerator: 'tcg', isolated: false,
  acceleratorReason: '/dev/kvm opens, but a Linux guest stopped with internal-error, so machines run under emulation.',
  checks: [
    { name: 'qemu', level: 'ok', message: 'QEMU 7.2.13', remedy: null },
    { name: 'kvm', level: 'warning', message: '/dev/kvm cannot run a modern kernel on this host.', remedy: 'Use a host with hardware virtualization.' },
    { name: 'memory', level: 'ok', message: '19 GiB free of 23 GiB', remedy: null },
    { name: 'mmdebstrap', level: 'error', message: 'mmdebstrap is not installed.', remedy: 'apt-get install mmdebstrap' },
  ],
};

const able: DoctorReport = {
  qemu: '10.0.2', accelerator: 'kvm', isolated: true, acceleratorReason: 'A kernel runs on /dev/kvm.',
  checks: [
    { name: 'qemu', level: 'ok', message: 'QEMU 10.0.2 at /usr/bin/qemu-system-x86_64.', remedy: null }, { name: 'kvm', level: 'ok', message: 'A kernel runs on /dev/kvm.', remedy: null },
    { name: 'disk', level: 'warning', message: 'Only 900 MiB of disk are free above the reserve.', remedy: 'Free some, or add a disk.' },
  ],
};

const host = (name: string, part: Partial<HostView>): HostView => ({
  name, own: false, address: `https://10.0.0.${name.slice(1)}:8008/`, state: 'Online', maintenance: false, memoryBytes: 64 * gib, availableBytes: 41.2 * gib, machines: 0, inUse: 0, fault: null, ...part,
});

const hosts: HostView[] = [
  host('house', { own: true, address: null, memoryBytes: 16 * gib, availableBytes: 9.1 * gib, machines: 10, inUse: 2 }),
  host('h2', { machines: 3, inUse: 1 }), host('h3', { state: 'Maintenance', maintenance: true, machines: 1, inUse: 1, availableBytes: 60.1 * gib }),
  host('h4', { state: 'Lost', machines: 2, inUse: 1, fault: { code: 'HostUnreachable', what: 'The host \'h4\' is lost: it has not answered for 10 s.', why: null, remedy: 'See whether it runs and can be reached; its machines come back with it.' } }),
  host('h5', { state: 'Connecting', memoryBytes: null, availableBytes: null }),
];

export const hostAnswers = {
  'GET /hosts': { body: hosts }, 'GET /doctor': { body: doctor }, 'GET /hosts/house/doctor': { body: doctor }, 'GET /hosts/h2/doctor': { body: able }, 'GET /hosts/h3/doctor': { body: able },
  'PUT /hosts/h2': { body: hosts[1] }, 'PUT /hosts/h3': { body: hosts[2] }, 'DELETE /hosts/h4': { body: null },
  'POST /hosts': { status: 503, body: { title: 'The host \'10.0.0.9\' does not answer.', detail: 'Connection refused.', remedy: 'See whether it runs and can be reached.', code: 'HostUnreachable' } },
};
