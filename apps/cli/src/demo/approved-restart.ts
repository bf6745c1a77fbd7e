import { restart } from './demo-acts.ts'
import type { DemoStage } from './demo-stage.ts'
import type { DemoWorld } from './demo-world.ts'

/** The last act: a person reads the exact operation and says yes, and it runs once. Says what did not go as promised. */
export async function approvedRestart({ client, takeForms, restarts }: DemoWorld, stage: DemoStage) {
  stage.open('nginx hangs: ask me, and restart it')
  const asking = { action: 'run_ssh_command', arguments: restart, justification: 'nginx hangs', wait_seconds: 5 }
  stage.call('request_approval', asking)
  const asked = (await client.call('request_approval', asking)).data
  const [form] = takeForms()
  if (form !== undefined) {
    stage.note('form', 'made by the server, shown by the editor, read by a person:')
    stage.form(form)
    stage.note('typed', 'production-web')
  }
  const approved = { ...restart, approval_request_id: String(asked.request_id) }
  stage.call('run_ssh_command', approved)
  const first = await client.call('run_ssh_command', approved)
  stage.reply(first)
  stage.call('run_ssh_command', 'the very same, once more')
  const second = await client.call('run_ssh_command', approved)
  stage.reply(second)
  stage.close('The yes was for exactly this operation, once. No tool that the model has could have said it.')
  const promised: Readonly<Record<string, boolean>> = {
    'a person was asked in a form': form !== undefined,
    'the approved restart ran': !first.isError && first.data.exit_code === 0,
    'the second try was refused': second.isError,
    'nginx was restarted exactly once': restarts().join() === `restart ${restart.params.service}`,
  }
  return Object.entries(promised).flatMap(([promise, isKept]) => (isKept ? [] : [promise]))
}
