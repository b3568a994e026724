import './style/index.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { currentLanguage, loadLanguage } from './language/language.ts';
import { router } from './router.tsx';
import { queries } from './server.ts';
import { showTheme } from './shell/theme.ts';

showTheme();
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
await loadLanguage(currentLanguage());
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);

// A device may then install the console, and open it without a network. Not before what is looked at has come.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const begin = (): void => void navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin);
}
