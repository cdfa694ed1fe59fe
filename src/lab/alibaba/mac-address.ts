/**
 * A MAC address of its own for each thing of a kind: interface, load balancer in its vSwitch, load
 * balancer towards its backends, vSwitch.
 */
export function macOf(kind: '00' | 'b0' | 'b1' | 'fe', nth: number): string {
  const byte = (shift: number): string => ((nth >> shift) & 0xff).toString(16).padStart(2, '0')
  return `02:16:${kind}:${byte(16)}:${byte(8)}:${byte(0)}`
}
