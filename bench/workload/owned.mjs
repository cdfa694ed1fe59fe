/**
 * What every resource of a generated network carries: one account, one region.
 * @param {string} id
 */
export function owned(id) {
  return { provider: 'alibaba', account: '1000000000000001', region: 'cn-hangzhou', id }
}
