/** One packet: `from` is resolved already, `to` is an address. Ports count with TCP and UDP only. */
export interface ConcreteQuestion {
  readonly from:
    | { readonly kind: 'instance' | 'networkInterface'; readonly id: string }
    /** With a VPC: a private address there. Without: a classic instance's, else an Internet host. */
    | { readonly kind: 'address'; readonly address: string; readonly vpcId?: string }
  readonly to: string
  readonly protocol: number
  readonly sourcePort: number
  readonly destinationPort: number
}
