/** Ranges with a meaning of their own, as this room reads the documents. */
export const knownRanges = {
  /** HELP IPv4 gateway: what a VPC never looks for on the Internet. */
  private4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  private6: ['fc00::/7', 'fe80::/10'],
  services: '100.64.0.0/10',
  /** HELP network ACL: DNS and metadata pass every list. */
  unfiltered: ['100.100.2.128/28', '100.100.2.112/28', '100.100.100.200/32'],
} as const
