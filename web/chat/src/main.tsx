import { render } from 'preact';
import { App } from './app';
import { applyTheme } from './ui/theme';
import './styles/index.css';

applyTheme();
render(<App />, document.getElementById('page')!);
