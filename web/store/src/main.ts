// SPDX-License-Identifier: Apache-2.0
// Starts the shop page: styles, language, the core, the elements.
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import './styles/catalog.css';
import './styles/cart.css';
import './styles/checkout.css';
import { signIn } from './app/account.ts';
import { applyToDocument } from './app/language.ts';
import { shop } from './app/shop.ts';
import './elements/define.ts';

applyToDocument();
shop.whenReady(() => void signIn.begin());
void shop.open();
