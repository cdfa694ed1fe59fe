/** Where an answer of ours stops elsewhere, and why. */
export const elsewhere: ReadonlyMap<string, string> = new Map([
  [
    'test-public-subnet.testFromInternetToPrivateIp',
    'who asks about a private address from the Internet means what is behind its public one',
  ],
  [
    'test-public-private-subnet.testFromInternet#2',
    'who asks about a private address from the Internet means what is behind its public one',
  ],
  [
    'test-public-subnet.testToInternetInvalidPrivateIp',
    'nothing has the address, so nothing sends from it',
  ],
  ['test-subnet.testOutsideSubnetToInstance', 'a VPC stands for the interfaces in it'],
  [
    'test-direct-connect-gateway.testFromInstanceToOnPrem',
    'which line it leaves by is learned by BGP, and no file of the snapshot says it',
  ],
])
