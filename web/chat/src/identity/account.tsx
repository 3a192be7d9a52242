import { useEffect, useState } from 'preact/hooks';
import { host } from '../api/host';
import type { Me } from '../api/schemas';
import { urlOf } from '../sessions/location';
import { Icon } from '../ui/icons';
import { useAction } from '../ui/use-action';
import { SignInDialog } from './sign-in-dialog';

/** The host marks its page where anybody may sign in by name, as in Development. */
const offersSignIn = document.querySelector('meta[name="capsule-sign-in"]') !== null;

/** Who the reader is, and the way to be someone else. */
export function Account() {
  const [me, setMe] = useState<Me>();
  const [signingIn, setSigningIn] = useState(false);
  // All that the page shows depends on who asks for it, so a change starts it afresh.
  const signOut = useAction(() => host.signOut().then(() => location.assign(urlOf(undefined))));
  useEffect(() => void host.me().then(setMe, () => undefined), []);

  if (!me) return <div class="account" />;
  if (me.authenticated) {
    return (
      <div class="account">
        <Icon name="user" />
        <span class="who">
          <span class="name" title={me.email ?? me.id}>{me.email ?? me.id}</span>
          {me.orgId && <span class="muted">{me.orgId}</span>}
        </span>
        <button type="button" class="quiet small" disabled={signOut.busy} onClick={() => void signOut.run()}>Sign out</button>
      </div>
    );
  }
  return (
    <div class="account">
      <Icon name="user" />
      <span class="who muted">Guest</span>
      {offersSignIn && <button type="button" class="quiet small" onClick={() => setSigningIn(true)}>Sign in</button>}
      {signingIn && <SignInDialog onClose={() => setSigningIn(false)} />}
    </div>
  );
}
