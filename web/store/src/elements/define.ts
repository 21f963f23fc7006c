// SPDX-License-Identifier: Apache-2.0
// Registers every element of the shop page.
import { ShopApp } from './app.element.ts';
import { ShopCancel } from './cancel.element.ts';
import { ShopCart } from './cart.element.ts';
import { ShopCheckout } from './checkout.element.ts';
import { ShopCoupon } from './coupon.element.ts';
import { ShopExpress } from './express.element.ts';
import { ShopList } from './list.element.ts';
import { ShopOrder } from './order.element.ts';
import { ShopOrders } from './orders.element.ts';
import { ShopProduct } from './product.element.ts';
import { ShopTerms } from './terms.element.ts';
import { ShopTotals } from './totals.element.ts';

customElements.define('shop-app', ShopApp);
customElements.define('shop-cancel', ShopCancel);
customElements.define('shop-cart', ShopCart);
customElements.define('shop-checkout', ShopCheckout);
customElements.define('shop-coupon', ShopCoupon);
customElements.define('shop-express', ShopExpress);
customElements.define('shop-list', ShopList);
customElements.define('shop-order', ShopOrder);
customElements.define('shop-orders', ShopOrders);
customElements.define('shop-product', ShopProduct);
customElements.define('shop-terms', ShopTerms);
customElements.define('shop-totals', ShopTotals);
