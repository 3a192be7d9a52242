import { host } from '../api/host';
import { Dialog } from '../ui/dialog';
import { useAction } from '../ui/use-action';

/** The sign-in of Development: any e-mail address will do. */
export function SignInDialog({ onClose }: { onClose: () => void }) {
  const { run, busy, error } = useAction(host.signIn);
  return (
    <Dialog title="Sign in" onClose={onClose}>
      <form
        class="form"
        onSubmit={event => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          void run(String(form.get('email')).trim(), String(form.get('org')).trim()).then(done => done && location.reload());
        }}
      >
        <label>
          E-mail
          <input name="email" type="email" required autoFocus autoComplete="email" placeholder="ada@example.com" />
        </label>
        <label>
          <span>Organisation <span class="muted">(optional)</span></span>
          <input name="org" autoComplete="organization" placeholder="acme" />
        </label>
        {error && <p class="error" role="alert">{error}</p>}
        <div class="actions end">
          <button type="button" onClick={onClose}>Cancel</button>
          <button type="submit" class="primary" disabled={busy}>Sign in</button>
        </div>
      </form>
    </Dialog>
  );
}
