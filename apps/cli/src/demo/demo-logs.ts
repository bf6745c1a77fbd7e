/** A password that exists nowhere else. */
export const plantedSecret = 'Tr0ub4dor-demo-only'

/** 300 quiet lines. */
export function appLog(): string {
  const paths = ['/', '/health', '/api/orders', '/api/orders/1042', '/login', '/static/app.js']
  const line = (index: number): string => {
    const time = new Date(Date.UTC(2026, 2, 9, 8, 0, index)).toISOString()
    return `${time} INFO  GET ${paths[index % paths.length]} 200 ${8 + ((index * 7) % 90)}ms`
  }
  return `${Array.from({ length: 300 }, (_, index) => line(index)).join('\n')}\n`
}

/** A failed deployment that printed more than it should have. */
export function deployLog(): string {
  return [
    '2026-03-09T08:12:03Z deploy 4f2a91c started by ci',
    `2026-03-09T08:12:04Z connecting with postgres://shop:${plantedSecret}@db-1.internal:5432/shop`,
    `2026-03-09T08:12:04Z DB_PASSWORD=${plantedSecret}`,
    '2026-03-09T08:12:09Z ERROR migration 0042 failed: relation "orders_v2" already exists',
    '2026-03-09T08:12:09Z rolled back, exit 1',
    '',
  ].join('\n')
}
