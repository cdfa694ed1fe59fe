/** @typedef {import('./kit.mjs').PeerQuestion} PeerQuestion */

/**
 * A question of the kit for Hopwise: to an interface by its id, to an EIP by its address.
 * @param {PeerQuestion} question
 * @returns {import('#model').Question}
 */
export function hopwiseQuestion({ src, dst, dstIp, proto, sport, dport, k }) {
  const to = k === 4 ? dstIp : dst
  return { from: src, to, protocol: proto, port: dport, sourcePort: sport }
}
