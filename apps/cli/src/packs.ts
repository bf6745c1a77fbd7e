import certificates from '../../../config/templates/certificates.json' with { type: 'json' }
import disk from '../../../config/templates/disk.json' with { type: 'json' }
import docker from '../../../config/templates/docker.json' with { type: 'json' }
import logs from '../../../config/templates/logs.json' with { type: 'json' }
import memory from '../../../config/templates/memory.json' with { type: 'json' }
import network from '../../../config/templates/network.json' with { type: 'json' }
import nginx from '../../../config/templates/nginx.json' with { type: 'json' }
import packages from '../../../config/templates/packages.json' with { type: 'json' }
import postgres from '../../../config/templates/postgres.json' with { type: 'json' }
import processes from '../../../config/templates/processes.json' with { type: 'json' }
import services from '../../../config/templates/services.json' with { type: 'json' }
import system from '../../../config/templates/system.json' with { type: 'json' }
import users from '../../../config/templates/users.json' with { type: 'json' }

/** The template packs that come with the program, by topic. Each is copied in by name, never by itself. */
export const packs: ReadonlyMap<string, readonly { readonly template_id: string }[]> = new Map(
  Object.entries({
    certificates,
    disk,
    docker,
    logs,
    memory,
    network,
    nginx,
    packages,
    postgres,
    processes,
    services,
    system,
    users,
  }),
)
