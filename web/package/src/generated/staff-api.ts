// SPDX-License-Identifier: Apache-2.0
// Written by scripts/generate from docs/reference/openapi.json.

/** What has neither parameters nor a body. */
export type Nothing = { readonly [key: string]: never };

export type AccountPolicy = 'optional' | 'guest' | 'required';
export type Action = ActionPercentOffOrder | ActionAmountOffOrder | ActionPercentOffLines | ActionAmountOffLines | ActionPercentOffCheapest | ActionAmountOffCheapest | ActionNthOff | ActionBuyXGetY | ActionBundlePrice | ActionTieredPrice | ActionPercentOffShipping | ActionAmountOffShipping | ActionFreeShipping | ActionGift;
export type ActionAmountOffCheapest = { readonly kind: 'amount_off_cheapest'; readonly amount_minor: number; readonly target: Target };
export type ActionAmountOffCheapestSent = { readonly kind: 'amount_off_cheapest'; readonly amount_minor: number; readonly target?: TargetSent };
export type ActionAmountOffLines = { readonly kind: 'amount_off_lines'; readonly amount_minor: number; readonly per: AmountPer; readonly target: Target };
export type ActionAmountOffLinesSent = { readonly kind: 'amount_off_lines'; readonly amount_minor: number; readonly per?: AmountPer; readonly target?: TargetSent };
export type ActionAmountOffOrder = { readonly kind: 'amount_off_order'; readonly amount_minor: number; readonly covers_shipping?: boolean | null; readonly target?: Target | null };
export type ActionAmountOffOrderSent = { readonly kind: 'amount_off_order'; readonly amount_minor: number; readonly covers_shipping?: boolean | null; readonly target?: TargetSent | null };
export type ActionAmountOffShipping = { readonly kind: 'amount_off_shipping'; readonly amount_minor: number; readonly methods: readonly (string)[]; readonly shared: boolean };
export type ActionAmountOffShippingSent = { readonly kind: 'amount_off_shipping'; readonly amount_minor: number; readonly methods?: readonly (string)[]; readonly shared?: boolean };
export type ActionBundlePrice = { readonly kind: 'bundle_price'; readonly amount_minor: number; readonly items: readonly ({ readonly quantity: number; readonly skus: readonly (string)[] })[] };
export type ActionBundlePriceSent = { readonly kind: 'bundle_price'; readonly amount_minor: number; readonly items: readonly ({ readonly quantity?: number; readonly skus: readonly (string)[] })[] };
export type ActionBuyXGetY = { readonly kind: 'buy_x_get_y'; readonly buy: { readonly quantity: number; readonly target: Target }; readonly get: { readonly quantity: number; readonly target: Target }; readonly ppm: number; readonly take: TakeOrder; readonly times?: number | null };
export type ActionBuyXGetYSent = { readonly kind: 'buy_x_get_y'; readonly buy: { readonly quantity?: number; readonly target?: TargetSent }; readonly get: { readonly quantity?: number; readonly target?: TargetSent }; readonly ppm?: number; readonly take?: TakeOrder; readonly times?: number | null };
export type ActionFreeShipping = { readonly kind: 'free_shipping'; readonly methods: readonly (string)[] };
export type ActionFreeShippingSent = { readonly kind: 'free_shipping'; readonly methods?: readonly (string)[] };
export type ActionGift = { readonly kind: 'gift'; readonly per_unit_of?: Target | null; readonly quantity: number; readonly sku: string };
export type ActionGiftSent = { readonly kind: 'gift'; readonly per_unit_of?: TargetSent | null; readonly quantity?: number; readonly sku: string };
export type ActionNthOff = { readonly kind: 'nth_off'; readonly n: number; readonly ppm: number; readonly target: Target };
export type ActionNthOffSent = { readonly kind: 'nth_off'; readonly n: number; readonly ppm: number; readonly target?: TargetSent };
export type ActionPercentOffCheapest = { readonly kind: 'percent_off_cheapest'; readonly ppm: number; readonly target: Target };
export type ActionPercentOffCheapestSent = { readonly kind: 'percent_off_cheapest'; readonly ppm: number; readonly target?: TargetSent };
export type ActionPercentOffLines = { readonly kind: 'percent_off_lines'; readonly ppm: number; readonly rounds: PercentRounds; readonly target: Target };
export type ActionPercentOffLinesSent = { readonly kind: 'percent_off_lines'; readonly ppm: number; readonly rounds?: PercentRounds; readonly target?: TargetSent };
export type ActionPercentOffOrder = { readonly kind: 'percent_off_order'; readonly covers_shipping?: boolean | null; readonly maximum_minor?: number | null; readonly ppm: number; readonly target?: Target | null };
export type ActionPercentOffOrderSent = { readonly kind: 'percent_off_order'; readonly covers_shipping?: boolean | null; readonly maximum_minor?: number | null; readonly ppm: number; readonly target?: TargetSent | null };
export type ActionPercentOffShipping = { readonly kind: 'percent_off_shipping'; readonly methods: readonly (string)[]; readonly ppm: number };
export type ActionPercentOffShippingSent = { readonly kind: 'percent_off_shipping'; readonly methods?: readonly (string)[]; readonly ppm: number };
export type ActionSent = ActionPercentOffOrderSent | ActionAmountOffOrderSent | ActionPercentOffLinesSent | ActionAmountOffLinesSent | ActionPercentOffCheapestSent | ActionAmountOffCheapestSent | ActionNthOffSent | ActionBuyXGetYSent | ActionBundlePriceSent | ActionTieredPriceSent | ActionPercentOffShippingSent | ActionAmountOffShippingSent | ActionFreeShippingSent | ActionGiftSent;
export type ActionTieredPrice = { readonly kind: 'tiered_price'; readonly target: Target; readonly tiers: readonly ({ readonly from: number; readonly unit_price_minor: number })[] };
export type ActionTieredPriceSent = { readonly kind: 'tiered_price'; readonly target?: TargetSent; readonly tiers: readonly ({ readonly from: number; readonly unit_price_minor: number })[] };
export type Actor = { readonly class: ActorClass; readonly id?: string | null; readonly provider?: string | null; readonly role?: StaffRole | null };
export type ActorClass = 'customer' | 'staff' | 'provider' | 'system';
export type Address = { readonly city: string | null; readonly country: string; readonly line1: string | null; readonly line2: string | null; readonly name: string | null; readonly neighborhood: string | null; readonly note: string | null; readonly organization: string | null; readonly phone: string | null; readonly postcode: string | null; readonly region: string | null; readonly tax_number: string | null };
export type AddressKind = 'ship_to' | 'bill_to';
export type AddressSent = { readonly city?: string | null; readonly country: string; readonly line1?: string | null; readonly line2?: string | null; readonly name?: string | null; readonly neighborhood?: string | null; readonly note?: string | null; readonly organization?: string | null; readonly phone?: string | null; readonly postcode?: string | null; readonly region?: string | null; readonly tax_number?: string | null };
export type AmountPer = 'unit' | 'line';
export type AmountTax = 'as_prices' | 'included' | 'excluded';
export type Answer = { readonly core_version: string; readonly events: readonly ({ readonly parts: readonly (Part)[]; readonly record: Record })[]; readonly facts: Facts; readonly offers: readonly (Offer)[]; readonly order_no: number | null; readonly payment: { readonly attempt: number; readonly redirect_url: string | null } | null; readonly results: readonly ({ readonly accepted: boolean; readonly command_id: string; readonly rejected?: Rejection | null })[]; readonly rules_id: Digest; readonly server_time_ms: number; readonly stream_digest: Digest; readonly version: number };
export type AttemptState = 'created' | 'pending' | 'authorized' | 'captured' | 'failed' | 'canceled' | 'voided';
export type AuditList = { readonly rows: readonly ({ readonly actor: string; readonly after: Digest | null; readonly at_ms: number; readonly before: Digest | null; readonly n: number; readonly subject: string; readonly what: string })[] };
export type Backorders = 'ask' | 'always' | 'never';
export type CancelCause = 'customer' | 'staff' | 'expired' | 'merged';
export type CaptureMode = 'automatic' | 'manual';
export type Change = { readonly code: ChangeCode; readonly now: number | null; readonly subject: string; readonly was: number | null };
export type ChangeCode = 'price_changed' | 'stock_clamped' | 'promotion_ended' | 'promotion_changed' | 'coupon_dropped' | 'tax_updated' | 'shipping_changed' | 'shipping_unavailable' | 'payment_method_unavailable' | 'offer_unavailable' | 'gift_card_changed' | 'terms_changed' | 'core_outdated';
export type CommandAcceptTerms = { readonly type: 'accept_terms'; readonly version: string };
export type CommandAddLineSent = { readonly type: 'add_line'; readonly configuration?: string | null; readonly quantity: number; readonly sku: string };
export type CommandAddNote = { readonly type: 'add_note'; readonly text: string };
export type CommandApplyCoupon = { readonly type: 'apply_coupon'; readonly code: string };
export type CommandApplyGiftCard = { readonly type: 'apply_gift_card'; readonly code: string };
export type CommandApproveReturnSent = { readonly type: 'approve_return'; readonly lines?: readonly ({ readonly line: string; readonly quantity: number })[] | null; readonly return: number };
export type CommandAssignSent = { readonly type: 'assign'; readonly salesperson?: string | null; readonly team?: string | null };
export type CommandAttachCustomer = { readonly type: 'attach_customer'; readonly customer: string };
export type CommandCancelInvoice = { readonly type: 'cancel_invoice'; readonly invoice: number };
export type CommandCancelOrderSent = { readonly type: 'cancel_order'; readonly reason?: string | null };
export type CommandCancelReturn = { readonly type: 'cancel_return'; readonly return: number };
export type CommandCancelTransfer = { readonly type: 'cancel_transfer'; readonly transfer: number };
export type CommandCaptureFailedSent = { readonly type: 'capture_failed'; readonly attempt: number; readonly occurred_ms?: number | null; readonly reason?: string | null; readonly reference?: string | null };
export type CommandCapturePaymentSent = { readonly type: 'capture_payment'; readonly amount_minor?: number | null; readonly attempt: number };
export type CommandCheckAvailability = { readonly type: 'check_availability'; readonly transfer: number };
export type CommandChoosePayment = { readonly type: 'choose_payment'; readonly method: string };
export type CommandChooseShipping = { readonly type: 'choose_shipping'; readonly method: string };
export type CommandCompleteTransferSent = { readonly type: 'complete_transfer'; readonly backorder?: boolean | null; readonly lines?: readonly ({ readonly line: string; readonly quantity: number })[] | null; readonly tracking?: string | readonly (string)[] | null; readonly transfer: number };
export type CommandConfirmOrder = { readonly type: 'confirm_order' };
export type CommandCreateCreditNoteSent = { readonly type: 'create_credit_note'; readonly invoice: number; readonly lines?: readonly ({ readonly line: string; readonly quantity: number })[] | null };
export type CommandCreateInvoiceSent = { readonly type: 'create_invoice'; readonly draft?: boolean; readonly lines?: readonly ({ readonly line: string; readonly quantity: number })[] | null };
export type CommandErasePersonalDataSent = { readonly type: 'erase_personal_data'; readonly parts?: readonly (string)[] | null };
export type CommandExchangeReturnSent = { readonly type: 'exchange_return'; readonly lines?: readonly ({ readonly line: string; readonly quantity: number; readonly sku?: string | null })[] | null; readonly return: number };
export type CommandExpireAttempt = { readonly type: 'expire_attempt'; readonly attempt: number };
export type CommandExpireHold = { readonly type: 'expire_hold' };
export type CommandExpireOrder = { readonly type: 'expire_order' };
export type CommandLockOrder = { readonly type: 'lock_order' };
export type CommandLoseStockSent = { readonly type: 'lose_stock'; readonly location?: string; readonly quantity: number; readonly sku: string };
export type CommandMergeCart = { readonly type: 'merge_cart'; readonly from: string };
export type CommandPaymentAuthorizedSent = { readonly type: 'payment_authorized'; readonly amount_minor: number; readonly attempt: number; readonly occurred_ms?: number | null; readonly reference?: string | null };
export type CommandPaymentCanceledSent = { readonly type: 'payment_canceled'; readonly attempt: number; readonly occurred_ms?: number | null; readonly reference?: string | null };
export type CommandPaymentCapturedSent = { readonly type: 'payment_captured'; readonly amount_minor: number; readonly attempt: number; readonly occurred_ms?: number | null; readonly reference?: string | null };
export type CommandPaymentChargedBackSent = { readonly type: 'payment_charged_back'; readonly amount_minor: number; readonly attempt: number; readonly occurred_ms?: number | null; readonly reference?: string | null };
export type CommandPaymentFailedSent = { readonly type: 'payment_failed'; readonly attempt: number; readonly occurred_ms?: number | null; readonly reason?: string | null; readonly reference?: string | null };
export type CommandPaymentPendingSent = { readonly type: 'payment_pending'; readonly attempt: number; readonly occurred_ms?: number | null; readonly reference?: string | null };
export type CommandPaymentVoidedSent = { readonly type: 'payment_voided'; readonly attempt: number; readonly occurred_ms?: number | null; readonly reference?: string | null };
export type CommandPlaceOrderSent = { readonly type: 'place_order'; readonly expected_digest: Digest; readonly expected_version?: number | null };
export type CommandPostInvoice = { readonly type: 'post_invoice'; readonly invoice: number };
export type CommandReceiveReturnSent = { readonly type: 'receive_return'; readonly lines: readonly ({ readonly accepted?: number; readonly disposition?: Disposition; readonly line: string; readonly rejected?: number })[]; readonly location?: string | null; readonly return: number };
export type CommandRecordDeliverySent = { readonly type: 'record_delivery'; readonly delivered_ms?: number | null; readonly transfer: number };
export type CommandRecordPaymentSent = { readonly type: 'record_payment'; readonly amount_minor: number; readonly method: string; readonly reference?: string | null };
export type CommandRefundFailedSent = { readonly type: 'refund_failed'; readonly occurred_ms?: number | null; readonly reason?: string | null; readonly reference?: string | null; readonly refund: number };
export type CommandRefundSent = { readonly type: 'refund'; readonly amount_minor?: number | null; readonly attempt?: number | null; readonly lines?: readonly ({ readonly line: string; readonly quantity: number })[] | null; readonly reason?: string | null; readonly return?: number | null; readonly shipping?: boolean };
export type CommandRefundSucceededSent = { readonly type: 'refund_succeeded'; readonly occurred_ms?: number | null; readonly reference?: string | null; readonly refund: number };
export type CommandRejectReturn = { readonly type: 'reject_return'; readonly reason: string; readonly return: number };
export type CommandRemoveCoupon = { readonly type: 'remove_coupon'; readonly code: string };
export type CommandRemoveGiftCard = { readonly type: 'remove_gift_card'; readonly code: string };
export type CommandRemoveLine = { readonly type: 'remove_line'; readonly line: string };
export type CommandRenewHold = { readonly type: 'renew_hold' };
export type CommandReopenOrder = { readonly type: 'reopen_order' };
export type CommandReorder = { readonly type: 'reorder'; readonly from: string };
export type CommandRequestReturnSent = { readonly type: 'request_return'; readonly lines: readonly ({ readonly line: string; readonly quantity: number; readonly reason?: string | null })[]; readonly note?: string | null };
export type CommandResolvePerson = { readonly type: 'resolve_person'; readonly note: string };
export type CommandRetireCart = { readonly type: 'retire_cart' };
export type CommandReviseOrderSent = { readonly type: 'revise_order'; readonly changes: readonly ({ readonly line?: string | null; readonly quantity: number; readonly sku?: string | null })[]; readonly coupons_add?: readonly (string)[]; readonly coupons_remove?: readonly (string)[]; readonly expected_digest?: Digest | null; readonly shipping_method?: string | null; readonly terms?: RevisionTerms };
export type CommandSendQuotation = { readonly type: 'send_quotation' };
export type CommandSendReminder = { readonly type: 'send_reminder' };
export type CommandSent = CommandAddLineSent | CommandSetQuantity | CommandRemoveLine | CommandSetContactSent | CommandAcceptTerms | CommandSetAddressSent | CommandChooseShipping | CommandChoosePayment | CommandApplyCoupon | CommandRemoveCoupon | CommandApplyGiftCard | CommandRemoveGiftCard | CommandUnsubscribe | CommandCancelOrderSent | CommandRenewHold | CommandPlaceOrderSent | CommandStartPaymentSent | CommandMergeCart | CommandReorder | CommandRequestReturnSent | CommandCancelReturn | CommandSendQuotation | CommandConfirmOrder | CommandReopenOrder | CommandReviseOrderSent | CommandAssignSent | CommandLockOrder | CommandUnlockOrder | CommandAddNote | CommandApproveReturnSent | CommandRejectReturn | CommandExchangeReturnSent | CommandCompleteTransferSent | CommandCheckAvailability | CommandCancelTransfer | CommandRecordDeliverySent | CommandReceiveReturnSent | CommandCapturePaymentSent | CommandVoidPayment | CommandRecordPaymentSent | CommandRefundSent | CommandCreateInvoiceSent | CommandPostInvoice | CommandCancelInvoice | CommandCreateCreditNoteSent | CommandResolvePerson | CommandErasePersonalDataSent | CommandPaymentPendingSent | CommandPaymentAuthorizedSent | CommandPaymentCapturedSent | CommandPaymentFailedSent | CommandPaymentCanceledSent | CommandPaymentVoidedSent | CommandCaptureFailedSent | CommandVoidFailedSent | CommandRefundSucceededSent | CommandRefundFailedSent | CommandPaymentChargedBackSent | CommandAttachCustomer | CommandExpireHold | CommandExpireAttempt | CommandExpireOrder | CommandServeDelivery | CommandLoseStockSent | CommandRetireCart | CommandSendReminder;
export type CommandServeDelivery = { readonly type: 'serve_delivery'; readonly transfer: number };
export type CommandSetAddressSent = { readonly type: 'set_address'; readonly address: AddressSent; readonly kind: AddressKind };
export type CommandSetContactSent = { readonly type: 'set_contact'; readonly email: string; readonly name?: string | null; readonly phone?: string | null; readonly reminders?: boolean | null };
export type CommandSetQuantity = { readonly type: 'set_quantity'; readonly line: string; readonly quantity: number };
export type CommandStartPaymentSent = { readonly type: 'start_payment'; readonly amount_minor?: number | null; readonly method?: string | null };
export type CommandUnlockOrder = { readonly type: 'unlock_order' };
export type CommandUnsubscribe = { readonly type: 'unsubscribe' };
export type CommandVoidFailedSent = { readonly type: 'void_failed'; readonly attempt: number; readonly occurred_ms?: number | null; readonly reason?: string | null; readonly reference?: string | null };
export type CommandVoidPayment = { readonly type: 'void_payment'; readonly attempt: number };
export type CommandsSent = { readonly base_version?: number | null; readonly commands: readonly ({ readonly command: CommandSent; readonly command_id: string })[]; readonly core_version?: string | null };
export type Condition = ConditionAny | ConditionAll | ConditionNot | ConditionSubtotalAtLeast | ConditionQuantityAtLeast | ConditionContains | ConditionShippingAtLeast | ConditionCustomerGroup | ConditionFirstOrder | ConditionNthOrder | ConditionCountry | ConditionChannel | ConditionShippingMethod | ConditionPaymentMethod | ConditionBetween;
export type ConditionAll = { readonly kind: 'all'; readonly of: readonly (Condition)[] };
export type ConditionAllSent = { readonly kind: 'all'; readonly of: readonly (ConditionSent)[] };
export type ConditionAny = { readonly kind: 'any'; readonly of: readonly (Condition)[] };
export type ConditionAnySent = { readonly kind: 'any'; readonly of: readonly (ConditionSent)[] };
export type ConditionBetween = { readonly kind: 'between'; readonly from_ms: number | null; readonly to_ms: number | null };
export type ConditionBetweenSent = { readonly kind: 'between'; readonly from_ms?: number | null; readonly to_ms?: number | null };
export type ConditionChannel = { readonly kind: 'channel'; readonly channels: readonly (string)[] };
export type ConditionContains = { readonly kind: 'contains'; readonly target: Target };
export type ConditionContainsSent = { readonly kind: 'contains'; readonly target: TargetSent };
export type ConditionCountry = { readonly kind: 'country'; readonly countries: readonly (string)[] };
export type ConditionCustomerGroup = { readonly kind: 'customer_group'; readonly groups: readonly (string)[] };
export type ConditionFirstOrder = { readonly kind: 'first_order' };
export type ConditionNot = { readonly kind: 'not'; readonly of: readonly (Condition)[] };
export type ConditionNotSent = { readonly kind: 'not'; readonly of: readonly (ConditionSent)[] };
export type ConditionNthOrder = { readonly kind: 'nth_order'; readonly n: number };
export type ConditionPaymentMethod = { readonly kind: 'payment_method'; readonly methods: readonly (string)[] };
export type ConditionQuantityAtLeast = { readonly kind: 'quantity_at_least'; readonly quantity: number; readonly target?: Target | null };
export type ConditionQuantityAtLeastSent = { readonly kind: 'quantity_at_least'; readonly quantity: number; readonly target?: TargetSent | null };
export type ConditionSent = ConditionAnySent | ConditionAllSent | ConditionNotSent | ConditionSubtotalAtLeastSent | ConditionQuantityAtLeastSent | ConditionContainsSent | ConditionShippingAtLeast | ConditionCustomerGroup | ConditionFirstOrder | ConditionNthOrder | ConditionCountry | ConditionChannel | ConditionShippingMethod | ConditionPaymentMethod | ConditionBetweenSent;
export type ConditionShippingAtLeast = { readonly kind: 'shipping_at_least'; readonly amount_minor: number };
export type ConditionShippingMethod = { readonly kind: 'shipping_method'; readonly methods: readonly (string)[] };
export type ConditionSubtotalAtLeast = { readonly kind: 'subtotal_at_least'; readonly amount_minor: number; readonly target?: Target | null; readonly tax: AmountTax };
export type ConditionSubtotalAtLeastSent = { readonly kind: 'subtotal_at_least'; readonly amount_minor: number; readonly target?: TargetSent | null; readonly tax?: AmountTax };
export type Coupon = { readonly code: string; readonly promotion: string };
export type CouponChange = { readonly promotion: string };
export type CouponList = { readonly coupons: readonly (Coupon)[]; readonly cursor: string | null };
export type CouponState = 'applied' | 'held' | 'claimed' | 'dropped';
export type Currency = string;
export type CustomerCancels = 'until_confirmed' | 'never';
export type DeadMessages = { readonly messages: readonly ({ readonly at_ms: number; readonly attempts: number; readonly error: string; readonly n: number; readonly order_no: number; readonly ordering: number; readonly version: number })[] };
export type DeliveryAxis = 'none' | 'waiting' | 'ready' | 'started' | 'partially_delivered' | 'delivered';
export type Destination = { readonly country: string; readonly postcode: string | null; readonly region: string | null };
export type DestinationSent = { readonly country: string; readonly postcode?: string | null; readonly region?: string | null };
export type DifferenceList = { readonly changes: readonly ({ readonly new?: unknown | null; readonly old?: unknown | null; readonly path: string })[] };
export type Digest = string;
export type DiscountBase = 'before_tax' | 'undiscounted_tax';
export type DiscountSharing = 'largest_remainder' | 'first_lines' | 'last_line' | 'truncate_from_last' | 'even_per_unit' | 'unrounded';
export type DiscountWeights = 'line_amount' | 'line_gross';
export type Disposition = 'restock' | 'quarantine' | 'scrap';
export type EditionList = { readonly versions: readonly ({ readonly id: string; readonly published_ms: number })[] };
export type Event = EventOrderCreated | EventLineAdded | EventQuantitySet | EventLineRemoved | EventStockClamped | EventCartMerged | EventContactSet | EventAddressSet | EventShippingChosen | EventShippingCleared | EventPaymentChosen | EventCouponApplied | EventCouponRemoved | EventCouponDropped | EventGiftCardApplied | EventGiftCardRemoved | EventTermsAccepted | EventCustomerAttached | EventUnsubscribed | EventOrderPlaced | EventQuotationSent | EventOrderConfirmed | EventOrderReopened | EventOrderCanceled | EventOrderLocked | EventOrderUnlocked | EventOrderRevised | EventOrderAssigned | EventNoteAdded | EventStockHeld | EventHoldRenewed | EventHoldExpired | EventHoldReleased | EventStockReserved | EventStockReleased | EventPaymentStarted | EventPaymentSuperseded | EventPaymentPending | EventPaymentAuthorized | EventCaptureRequested | EventPaymentCaptured | EventCaptureFailed | EventPaymentFailed | EventPaymentCanceled | EventVoidRequested | EventPaymentVoided | EventVoidFailed | EventPaymentRecorded | EventRefundRequested | EventRefundSucceeded | EventRefundFailed | EventPaymentChargedBack | EventPersonNeeded | EventPersonResolved | EventTransferCreated | EventTransferReady | EventTransferWaiting | EventTransferDone | EventTransferCanceled | EventBackorderCreated | EventTransferDelivered | EventInvoiceDrafted | EventInvoicePosted | EventInvoiceCanceled | EventCreditNotePosted | EventReturnRequested | EventReturnApproved | EventReturnRejected | EventReturnCanceled | EventReturnReceived | EventReturnClosed | EventExchangeCreated | EventReminderSent | EventReminderSkipped | EventPersonalDataErased;
export type EventAddressSet = { readonly type: 'address_set'; readonly country: string; readonly kind: AddressKind; readonly region: string | null };
export type EventBackorderCreated = { readonly type: 'backorder_created'; readonly backorder_of: number; readonly lines: readonly ({ readonly demanded: number; readonly line: string; readonly reserved: number; readonly sku: string })[]; readonly location: string; readonly step: TransferStep; readonly transfer: number };
export type EventCaptureFailed = { readonly type: 'capture_failed'; readonly attempt: number; readonly occurred_ms: number | null; readonly reason: string | null; readonly reference: string | null };
export type EventCaptureRequested = { readonly type: 'capture_requested'; readonly amount_minor: number; readonly attempt: number };
export type EventCartMerged = { readonly type: 'cart_merged'; readonly from: string; readonly policy: MergePolicy; readonly saved: readonly ({ readonly configuration: string | null; readonly quantity: number; readonly sku: string })[] };
export type EventContactSet = { readonly type: 'contact_set'; readonly reminders: boolean | null };
export type EventCouponApplied = { readonly type: 'coupon_applied'; readonly code: string; readonly promotion: string };
export type EventCouponDropped = { readonly type: 'coupon_dropped'; readonly code: string; readonly reason: Reason };
export type EventCouponRemoved = { readonly type: 'coupon_removed'; readonly code: string };
export type EventCreditNotePosted = { readonly type: 'credit_note_posted'; readonly invoice: number; readonly lines: readonly ({ readonly gross_minor: number; readonly line_id: string; readonly net_minor: number; readonly quantity: number; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_minor: number; readonly base_minor: number; readonly tax: string })[] })[]; readonly net_minor: number; readonly number: number; readonly of: number; readonly series: string; readonly shipping: { readonly gross_minor: number; readonly net_minor: number; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_minor: number; readonly base_minor: number; readonly tax: string })[] }; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_minor: number; readonly base_minor: number; readonly tax: string })[]; readonly total_minor: number };
export type EventCustomerAttached = { readonly type: 'customer_attached'; readonly customer: string };
export type EventExchangeCreated = { readonly type: 'exchange_created'; readonly lines: readonly ({ readonly line: string; readonly quantity: number; readonly reserved: number; readonly sku: string; readonly tracked: boolean })[]; readonly location: string; readonly return: number; readonly step: TransferStep; readonly transfer: number };
export type EventGiftCardApplied = { readonly type: 'gift_card_applied'; readonly code: string };
export type EventGiftCardRemoved = { readonly type: 'gift_card_removed'; readonly code: string };
export type EventHoldExpired = { readonly type: 'hold_expired' };
export type EventHoldReleased = { readonly type: 'hold_released' };
export type EventHoldRenewed = { readonly type: 'hold_renewed'; readonly expires_ms: number };
export type EventInvoiceCanceled = { readonly type: 'invoice_canceled'; readonly invoice: number };
export type EventInvoiceDrafted = { readonly type: 'invoice_drafted'; readonly deducted_minor: number; readonly invoice: number; readonly kind: InvoiceKind; readonly lines: readonly ({ readonly gross_minor: number; readonly line_id: string; readonly net_minor: number; readonly quantity: number; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_minor: number; readonly base_minor: number; readonly tax: string })[] })[]; readonly net_minor: number; readonly shipping: { readonly gross_minor: number; readonly net_minor: number; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_minor: number; readonly base_minor: number; readonly tax: string })[] }; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_minor: number; readonly base_minor: number; readonly tax: string })[]; readonly total_minor: number };
export type EventInvoicePosted = { readonly type: 'invoice_posted'; readonly invoice: number; readonly number: number; readonly series: string };
export type EventLineAdded = { readonly type: 'line_added'; readonly configuration: string | null; readonly kind: OfferKind; readonly line: string; readonly quantity: number; readonly sku: string; readonly unit_price_minor: number };
export type EventLineRemoved = { readonly type: 'line_removed'; readonly line: string };
export type EventNoteAdded = { readonly type: 'note_added' };
export type EventOrderAssigned = { readonly type: 'order_assigned'; readonly salesperson: string | null; readonly team: string | null };
export type EventOrderCanceled = { readonly type: 'order_canceled'; readonly cause: CancelCause };
export type EventOrderConfirmed = { readonly type: 'order_confirmed' };
export type EventOrderCreated = { readonly type: 'order_created'; readonly channel: string; readonly currency: string; readonly customer: string | null; readonly salesperson: string | null; readonly team: string | null };
export type EventOrderLocked = { readonly type: 'order_locked' };
export type EventOrderPlaced = { readonly type: 'order_placed'; readonly facts: readonly (Digest)[]; readonly quote: Quote; readonly rules: Digest; readonly terms: { readonly facts: Facts; readonly lines: readonly ({ readonly gift?: string | null; readonly invoice_policy: InvoicePolicy; readonly kind: OfferKind; readonly line: string; readonly quantity: number; readonly returnable: boolean; readonly ship_together?: string | null; readonly sku: string; readonly tracked: boolean })[]; readonly return_days: number } };
export type EventOrderReopened = { readonly type: 'order_reopened'; readonly cause: ReopenCause };
export type EventOrderRevised = { readonly type: 'order_revised'; readonly coupons: readonly ({ readonly code: string; readonly promotion: string })[]; readonly demands: readonly ({ readonly demanded: number; readonly line: string; readonly reserved: number; readonly transfer: number })[]; readonly facts: readonly (Digest)[]; readonly lines: readonly ({ readonly configuration: string | null; readonly kind: OfferKind; readonly line: string; readonly quantity: number; readonly sku: string; readonly unit_price_minor: number })[]; readonly on: RevisionTerms; readonly quote: Quote; readonly rules: Digest; readonly shipping_method: string | null; readonly terms: { readonly facts: Facts; readonly lines: readonly ({ readonly gift?: string | null; readonly invoice_policy: InvoicePolicy; readonly kind: OfferKind; readonly line: string; readonly quantity: number; readonly returnable: boolean; readonly ship_together?: string | null; readonly sku: string; readonly tracked: boolean })[]; readonly return_days: number } };
export type EventOrderUnlocked = { readonly type: 'order_unlocked' };
export type EventPaymentAuthorized = { readonly type: 'payment_authorized'; readonly amount_minor: number; readonly attempt: number; readonly occurred_ms: number | null; readonly reference: string | null };
export type EventPaymentCanceled = { readonly type: 'payment_canceled'; readonly attempt: number; readonly occurred_ms: number | null; readonly reference: string | null };
export type EventPaymentCaptured = { readonly type: 'payment_captured'; readonly amount_minor: number; readonly attempt: number; readonly occurred_ms: number | null; readonly reference: string | null };
export type EventPaymentChargedBack = { readonly type: 'payment_charged_back'; readonly amount_minor: number; readonly attempt: number; readonly occurred_ms: number | null; readonly reference: string | null };
export type EventPaymentChosen = { readonly type: 'payment_chosen'; readonly method: string };
export type EventPaymentFailed = { readonly type: 'payment_failed'; readonly attempt: number; readonly occurred_ms: number | null; readonly reason: string | null; readonly reference: string | null };
export type EventPaymentPending = { readonly type: 'payment_pending'; readonly attempt: number; readonly occurred_ms: number | null; readonly reference: string | null };
export type EventPaymentRecorded = { readonly type: 'payment_recorded'; readonly amount_minor: number; readonly attempt: number; readonly method: string; readonly provider: string; readonly reference: string | null };
export type EventPaymentStarted = { readonly type: 'payment_started'; readonly amount_minor: number; readonly attempt: number; readonly expires_ms: number | null; readonly method: string; readonly provider: string };
export type EventPaymentSuperseded = { readonly type: 'payment_superseded'; readonly attempt: number };
export type EventPaymentVoided = { readonly type: 'payment_voided'; readonly attempt: number; readonly occurred_ms: number | null; readonly reference: string | null };
export type EventPersonNeeded = { readonly type: 'person_needed'; readonly reason: PersonCause };
export type EventPersonResolved = { readonly type: 'person_resolved' };
export type EventPersonalDataErased = { readonly type: 'personal_data_erased'; readonly parts: readonly (string)[] };
export type EventQuantitySet = { readonly type: 'quantity_set'; readonly line: string; readonly quantity: number; readonly unit_price_minor: number };
export type EventQuotationSent = { readonly type: 'quotation_sent'; readonly expires_ms: number | null; readonly facts: readonly (Digest)[]; readonly quote: Quote; readonly rules: Digest; readonly terms: { readonly facts: Facts; readonly lines: readonly ({ readonly gift?: string | null; readonly invoice_policy: InvoicePolicy; readonly kind: OfferKind; readonly line: string; readonly quantity: number; readonly returnable: boolean; readonly ship_together?: string | null; readonly sku: string; readonly tracked: boolean })[]; readonly return_days: number } };
export type EventRefundFailed = { readonly type: 'refund_failed'; readonly occurred_ms: number | null; readonly reason: string | null; readonly reference: string | null; readonly refund: number };
export type EventRefundRequested = { readonly type: 'refund_requested'; readonly amount_minor: number; readonly attempt: number | null; readonly gift_card: string | null; readonly lines: readonly ({ readonly amount_minor: number; readonly line_id: string; readonly quantity: number })[]; readonly refund: number; readonly return: number | null; readonly shipping_minor: number };
export type EventRefundSucceeded = { readonly type: 'refund_succeeded'; readonly occurred_ms: number | null; readonly reference: string | null; readonly refund: number };
export type EventReminderSent = { readonly type: 'reminder_sent' };
export type EventReminderSkipped = { readonly type: 'reminder_skipped'; readonly reason: SkipReason };
export type EventReturnApproved = { readonly type: 'return_approved'; readonly lines: readonly ({ readonly line: string; readonly quantity: number })[]; readonly return: number };
export type EventReturnCanceled = { readonly type: 'return_canceled'; readonly return: number };
export type EventReturnClosed = { readonly type: 'return_closed'; readonly return: number };
export type EventReturnReceived = { readonly type: 'return_received'; readonly lines: readonly ({ readonly accepted: number; readonly disposition: Disposition; readonly line: string; readonly rejected: number })[]; readonly location: string; readonly return: number };
export type EventReturnRejected = { readonly type: 'return_rejected'; readonly return: number };
export type EventReturnRequested = { readonly type: 'return_requested'; readonly lines: readonly ({ readonly line: string; readonly quantity: number; readonly reason: string | null })[]; readonly return: number };
export type EventShippingChosen = { readonly type: 'shipping_chosen'; readonly method: string };
export type EventShippingCleared = { readonly type: 'shipping_cleared'; readonly method: string };
export type EventStockClamped = { readonly type: 'stock_clamped'; readonly asked: number; readonly line: string; readonly quantity: number };
export type EventStockHeld = { readonly type: 'stock_held'; readonly expires_ms: number; readonly lines: readonly ({ readonly backordered: number; readonly line: string; readonly location: string; readonly quantity: number; readonly sku: string })[] };
export type EventStockReleased = { readonly type: 'stock_released'; readonly lines: readonly ({ readonly backordered: number; readonly line: string; readonly location: string; readonly quantity: number; readonly sku: string })[]; readonly transfer: number | null };
export type EventStockReserved = { readonly type: 'stock_reserved'; readonly lines: readonly ({ readonly backordered: number; readonly line: string; readonly location: string; readonly quantity: number; readonly sku: string })[]; readonly transfer: number | null };
export type EventTermsAccepted = { readonly type: 'terms_accepted'; readonly version: string };
export type EventTransferCanceled = { readonly type: 'transfer_canceled'; readonly transfer: number };
export type EventTransferCreated = { readonly type: 'transfer_created'; readonly exchange_of?: number | null; readonly lines: readonly ({ readonly demanded: number; readonly line: string; readonly reserved: number; readonly sku: string })[]; readonly location: string; readonly split_of?: number | null; readonly step: TransferStep; readonly transfer: number };
export type EventTransferDelivered = { readonly type: 'transfer_delivered'; readonly delivered_ms: number; readonly transfer: number };
export type EventTransferDone = { readonly type: 'transfer_done'; readonly lines: readonly ({ readonly backordered: number; readonly canceled: number; readonly line: string; readonly quantity: number; readonly reserved: number; readonly sku: string })[]; readonly tracking: string | readonly (string)[] | null; readonly transfer: number };
export type EventTransferReady = { readonly type: 'transfer_ready'; readonly transfer: number };
export type EventTransferWaiting = { readonly type: 'transfer_waiting'; readonly transfer: number };
export type EventUnsubscribed = { readonly type: 'unsubscribed' };
export type EventVoidFailed = { readonly type: 'void_failed'; readonly attempt: number; readonly occurred_ms: number | null; readonly reason: string | null; readonly reference: string | null };
export type EventVoidRequested = { readonly type: 'void_requested'; readonly attempt: number };
export type Exact = string;
export type Facts = { readonly availability: { readonly [key: string]: number }; readonly channel?: string | null; readonly coupons: { readonly [key: string]: { readonly promotion: string; readonly verdict: Verdict } }; readonly customer_group: string | null; readonly first_order: boolean | null; readonly gift_cards: readonly ({ readonly balance_minor: number; readonly id: string })[]; readonly orders_placed?: number | null; readonly promotions: { readonly [key: string]: Verdict }; readonly vat_number: { readonly answer: VatAnswer; readonly number: string } | null };
export type Fault = { readonly limit: number | null; readonly subject: string };
export type FixedDiscountIs = 'as_prices' | 'net' | 'gross';
export type ForeignGrossPrices = 'rebase' | 'keep';
export type HoldAt = 'payment_start' | 'add_line';
export type ImageStored = { readonly content_type: string; readonly image: string };
export type IncludedTaxRounds = 'tax' | 'net';
export type InvoiceAxis = 'none' | 'to_invoice' | 'partially_invoiced' | 'invoiced' | 'upselling';
export type InvoiceKind = 'invoice' | 'down_payment' | 'credit_note';
export type InvoicePolicy = 'ordered' | 'delivered';
export type InvoiceState = 'draft' | 'posted' | 'canceled';
export type LateMoney = 'backorder' | 'refund' | 'person';
export type LineRounding = 'line' | 'document';
export type MergePolicy = 'sum' | 'max' | 'newer' | 'save_rest';
export type Message = { readonly code: string; readonly severity: Severity; readonly subject: string };
export type Money = { readonly discount_base?: DiscountBase | null; readonly discount_sharing?: DiscountSharing | null; readonly discount_weights?: DiscountWeights | null; readonly fixed_discount_is?: FixedDiscountIs | null; readonly foreign_gross_prices?: ForeignGrossPrices | null; readonly included_tax_rounds?: IncludedTaxRounds | null; readonly line_rounding?: LineRounding | null; readonly negative_sharing?: NegativeSharing | null; readonly order_discount_covers_shipping?: boolean | null; readonly order_discount_tax?: OrderDiscountTax | null; readonly payable_rounding?: Rounding | null; readonly payable_rounding_minor?: number | null; readonly percent_of?: PercentOf | null; readonly percentages?: Percentages | null; readonly profile: string; readonly rounding?: Rounding | null; readonly rounding_included?: Rounding | null; readonly shipping_price_includes_tax?: boolean | null | null; readonly shipping_tax?: ShippingTax | null; readonly tax_rounding?: TaxRounding | null; readonly threshold_base?: ThresholdBase | null; readonly unit_price_rounding?: UnitPriceRounding | null; readonly zero_weights?: ZeroWeights | null };
export type MoneyMove = 'captures' | 'voids' | 'refunds';
export type MoneySent = { readonly discount_base?: DiscountBase | null; readonly discount_sharing?: DiscountSharing | null; readonly discount_weights?: DiscountWeights | null; readonly fixed_discount_is?: FixedDiscountIs | null; readonly foreign_gross_prices?: ForeignGrossPrices | null; readonly included_tax_rounds?: IncludedTaxRounds | null; readonly line_rounding?: LineRounding | null; readonly negative_sharing?: NegativeSharing | null; readonly order_discount_covers_shipping?: boolean | null; readonly order_discount_tax?: OrderDiscountTax | null; readonly payable_rounding?: Rounding | null; readonly payable_rounding_minor?: number | null; readonly percent_of?: PercentOf | null; readonly percentages?: Percentages | null; readonly profile?: string; readonly rounding?: Rounding | null; readonly rounding_included?: Rounding | null; readonly shipping_price_includes_tax?: boolean | null | null; readonly shipping_tax?: ShippingTax | null; readonly tax_rounding?: TaxRounding | null; readonly threshold_base?: ThresholdBase | null; readonly unit_price_rounding?: UnitPriceRounding | null; readonly zero_weights?: ZeroWeights | null };
export type NegativeSharing = 'mirror' | 'floor';
export type NewWebhookSent = { readonly enabled?: boolean; readonly events?: readonly (string)[]; readonly secret?: string | null; readonly url: string };
export type Offer = { readonly active: boolean; readonly backorder_limit?: number | null; readonly categories: readonly (string)[]; readonly floor_minor?: number | null; readonly invoice_policy?: InvoicePolicy | null; readonly kind: OfferKind; readonly name: { readonly [key: string]: string }; readonly price_history?: readonly ({ readonly from_ms: number; readonly unit_price_minor: number })[] | null; readonly prices?: readonly (Price)[] | null; readonly quantity_scale?: number | null; readonly returnable: boolean; readonly ship_together?: string | null; readonly sku: string; readonly stock_policy: StockPolicy; readonly tax_class?: string | null; readonly unit_code?: string | null; readonly unit_price_exact?: Exact | null; readonly unit_price_minor?: number | null; readonly weight_g: number };
export type OfferKind = 'goods' | 'service' | 'digital';
export type OfferSent = { readonly active?: boolean; readonly backorder_limit?: number | null; readonly categories?: readonly (string)[]; readonly floor_minor?: number | null; readonly invoice_policy?: InvoicePolicy | null; readonly kind?: OfferKind; readonly name?: { readonly [key: string]: string }; readonly price_history?: readonly ({ readonly from_ms: number; readonly unit_price_minor: number })[] | null; readonly prices?: readonly (PriceSent)[] | null; readonly quantity_scale?: number | null; readonly returnable?: boolean; readonly ship_together?: string | null; readonly sku: string; readonly stock_policy?: StockPolicy; readonly tax_class?: string | null; readonly unit_code?: string | null; readonly unit_price_exact?: Exact | null; readonly unit_price_minor?: number | null; readonly weight_g?: number };
export type OneCommandSent = { readonly command: CommandSent };
export type OrderDiscountTax = 'shared' | 'apart';
export type OrderList = { readonly cursor: string | null; readonly orders: readonly ({ readonly currency: string; readonly delivery: string; readonly needs_person: boolean; readonly order: string; readonly order_no: number; readonly payment: string; readonly placed_ms: number | null; readonly total_minor: number; readonly updated_ms: number; readonly version: number })[] };
export type OrderState = 'quotation' | 'quotation_sent' | 'order' | 'canceled';
export type Part = { readonly bytes: string; readonly name: string; readonly salt: string };
export type PaymentAxis = 'unpaid' | 'pending' | 'authorized' | 'partially_paid' | 'paid' | 'partially_refunded' | 'refunded' | 'failed' | 'voided';
export type PaymentMethod = { readonly enabled: boolean; readonly express: boolean; readonly id: string; readonly label: { readonly [key: string]: string }; readonly provider: string; readonly when: readonly (Condition)[] };
export type PaymentMethodSent = { readonly enabled?: boolean; readonly express?: boolean; readonly id: string; readonly label?: { readonly [key: string]: string }; readonly provider: string; readonly when?: readonly (ConditionSent)[] };
export type PercentOf = 'as_prices' | 'gross' | 'net';
export type PercentRounds = 'discount' | 'price';
export type Percentages = 'sequential' | 'parallel' | 'original_within_promotion' | 'best';
export type PersonCause = 'stock_gone' | 'refund_impossible' | 'void_impossible' | 'money_unexpected' | 'payment_lost' | 'capture_failed' | 'void_failed' | 'refund_failed' | 'charged_back';
export type Policies = { readonly account: AccountPolicy; readonly customer_cancels: CustomerCancels; readonly lines_max: number; readonly merge: MergePolicy; readonly minimum_order_minor: number; readonly price_drop: PriceDrop; readonly quantity_max: number; readonly return_days: number; readonly returnable_kinds: readonly (OfferKind)[]; readonly short_stock: ShortStock; readonly terms_version: string | null; readonly zero_price: ZeroPrice };
export type PoliciesSent = { readonly account?: AccountPolicy; readonly customer_cancels?: CustomerCancels; readonly lines_max?: number; readonly merge?: MergePolicy; readonly minimum_order_minor?: number; readonly price_drop?: PriceDrop; readonly quantity_max?: number; readonly return_days?: number; readonly returnable_kinds?: readonly (OfferKind)[]; readonly short_stock?: ShortStock; readonly terms_version?: string | null; readonly zero_price?: ZeroPrice };
export type Possibility = { readonly command: string; readonly refused: Reason | null; readonly subject: string | null };
export type PossibleCommands = { readonly possible: readonly (Possibility)[]; readonly version: number };
export type Preview = { readonly moves: readonly ({ readonly amount_minor: number; readonly attempt: number | null; readonly gift_card: string | null; readonly move: MoneyMove })[]; readonly order: View | null; readonly rejected: Rejection | null; readonly version: number };
export type Price = { readonly customer_groups: readonly (string)[]; readonly ends_ms?: number | null; readonly quantity_from?: number | null; readonly starts_ms?: number | null; readonly unit_price_exact?: Exact | null; readonly unit_price_minor?: number | null };
export type PriceDrop = 'consent' | 'pass_on';
export type PriceSent = { readonly customer_groups?: readonly (string)[]; readonly ends_ms?: number | null; readonly quantity_from?: number | null; readonly starts_ms?: number | null; readonly unit_price_exact?: Exact | null; readonly unit_price_minor?: number | null };
export type Problem = { readonly also?: readonly (Fault)[]; readonly changes?: readonly (Change)[]; readonly limit: number | null; readonly reason: Reason; readonly status: number; readonly subject: string; readonly title: string; readonly type: string };
export type Product = { readonly body: { readonly [key: string]: string }; readonly categories: readonly (string)[]; readonly handle: string; readonly image: string | null; readonly name: { readonly [key: string]: string }; readonly option_words: { readonly [key: string]: { readonly [key: string]: string } }; readonly options: readonly (string)[]; readonly position?: number | null; readonly variants: readonly ({ readonly compare_at_minor: number | null; readonly offer: Offer; readonly options: readonly (string)[] })[] };
export type ProductList = { readonly cursor: string | null; readonly products: readonly (Product)[] };
export type ProductSent = { readonly body?: { readonly [key: string]: string }; readonly categories?: readonly (string)[]; readonly handle: string; readonly image?: string | null; readonly name: { readonly [key: string]: string }; readonly option_words?: { readonly [key: string]: { readonly [key: string]: string } }; readonly options?: readonly (string)[]; readonly position?: number | null; readonly variants: readonly ({ readonly compare_at_minor: number | null; readonly offer: OfferSent; readonly options: readonly (string)[] })[] };
export type Promotion = { readonly coupon: boolean; readonly ends_ms: number | null; readonly exclusive_group: string | null; readonly id: string; readonly label: { readonly [key: string]: string }; readonly limits: { readonly give_back_on_cancel: boolean; readonly uses: number | null; readonly uses_per_customer: number | null } | null; readonly priority: number; readonly public_code: string | null; readonly starts_ms: number | null; readonly then: readonly (Action)[]; readonly when: readonly (Condition)[] };
export type PromotionSent = { readonly coupon?: boolean; readonly ends_ms?: number | null; readonly exclusive_group?: string | null; readonly id: string; readonly label?: { readonly [key: string]: string }; readonly limits?: { readonly give_back_on_cancel?: boolean; readonly uses?: number | null; readonly uses_per_customer?: number | null } | null; readonly priority?: number; readonly public_code?: string | null; readonly starts_ms?: number | null; readonly then: readonly (ActionSent)[]; readonly when?: readonly (ConditionSent)[] };
export type Quote = { readonly applied: readonly (string)[]; readonly currency: Currency; readonly fees: readonly ({ readonly amount_minor: number; readonly gross_exact?: Exact | null; readonly gross_minor: number; readonly id: string; readonly net_exact?: Exact | null; readonly net_minor: number; readonly tax_exact?: Exact | null; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_exact?: Exact | null; readonly amount_minor: number; readonly base_exact?: Exact | null; readonly base_minor: number; readonly tax: string })[] })[]; readonly gift_cards: readonly ({ readonly amount_minor: number; readonly id: string })[]; readonly lines: readonly (QuoteLine)[]; readonly messages: readonly (Message)[]; readonly order_discounts: readonly ({ readonly gross_minor: number; readonly net_minor: number; readonly promotion: string; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_exact?: Exact | null; readonly amount_minor: number; readonly base_exact?: Exact | null; readonly base_minor: number; readonly tax: string })[] })[]; readonly pricing_version: number; readonly quote_digest: string; readonly shipments: readonly (QuoteShipping)[]; readonly shipping: QuoteShipping; readonly steps: number; readonly tax_summary: readonly ({ readonly amount_exact?: Exact | null; readonly amount_minor: number; readonly base_exact?: Exact | null; readonly base_minor: number; readonly ppm: number; readonly tax: string })[]; readonly tax_zone: string | null; readonly terms_version: string | null; readonly totals: QuoteTotals; readonly valid_until_ms?: number | null };
export type QuoteLine = { readonly discount_exact?: Exact | null; readonly discount_minor: number; readonly discounts: readonly ({ readonly amount_exact?: Exact | null; readonly amount_minor: number; readonly promotion: string })[]; readonly gift?: string | null; readonly gross_exact?: Exact | null; readonly gross_minor: number; readonly line_id: string; readonly lowest_30_days_minor?: number | null; readonly net_exact?: Exact | null; readonly net_minor: number; readonly quantity: number; readonly quantity_exact?: Exact | null; readonly sku: string; readonly subtotal_exact?: Exact | null; readonly subtotal_minor: number; readonly tax_exact?: Exact | null; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_exact?: Exact | null; readonly amount_minor: number; readonly base_exact?: Exact | null; readonly base_minor: number; readonly tax: string })[]; readonly unit_code?: string | null; readonly unit_gross_exact?: Exact | null; readonly unit_gross_minor: number; readonly unit_net_exact?: Exact | null; readonly unit_net_minor: number; readonly unit_price_exact?: Exact | null; readonly unit_price_minor: number; readonly units: readonly ({ readonly discount_minor: number })[] };
export type QuoteShipping = { readonly discount_exact?: Exact | null; readonly discount_minor: number; readonly discounts: readonly ({ readonly amount_exact?: Exact | null; readonly amount_minor: number; readonly promotion: string })[]; readonly gross_exact?: Exact | null; readonly gross_minor: number; readonly method: string | null; readonly net_exact?: Exact | null; readonly net_minor: number; readonly price_exact?: Exact | null; readonly price_minor: number; readonly shipment?: string | null; readonly tax_exact?: Exact | null; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_exact?: Exact | null; readonly amount_minor: number; readonly base_exact?: Exact | null; readonly base_minor: number; readonly tax: string })[] };
export type QuoteTotals = { readonly discount_exact?: Exact | null; readonly discount_minor: number; readonly discount_net_exact?: Exact | null; readonly discount_net_minor: number; readonly discount_tax_exact?: Exact | null; readonly discount_tax_minor: number; readonly fees_exact?: Exact | null; readonly fees_minor: number; readonly items_exact?: Exact | null; readonly items_minor: number; readonly items_net_exact?: Exact | null; readonly items_net_minor: number; readonly items_tax_exact?: Exact | null; readonly items_tax_minor: number; readonly net_exact?: Exact | null; readonly net_minor: number; readonly payable_minor: number; readonly prepaid_minor: number; readonly rounding_minor: number; readonly shipping_net_exact?: Exact | null; readonly shipping_net_minor: number; readonly shipping_tax_exact?: Exact | null; readonly shipping_tax_minor: number; readonly tax_exact?: Exact | null; readonly tax_minor: number; readonly total_exact?: Exact | null; readonly total_minor: number; readonly undiscounted_net_exact?: Exact | null; readonly undiscounted_net_minor: number };
export type Reason = string;
export type Record = { readonly actor: Actor; readonly at_ms: number; readonly command_id: string | null; readonly event: Event; readonly n: number; readonly sealed: { readonly [key: string]: Digest }; readonly v: number };
export type RefundAbility = 'none' | 'full' | 'partial';
export type RefundState = 'pending' | 'succeeded' | 'failed';
export type Rejection = { readonly also: readonly (Fault)[]; readonly changes: readonly (Change)[]; readonly limit: number | null; readonly reason: Reason; readonly subject: string };
export type ReminderState = 'none' | 'due' | 'sent' | 'skipped';
export type ReopenCause = 'payment_failed' | 'payment_canceled' | 'attempt_expired' | 'payment_voided' | 'edited' | 'staff' | 'stock_gone';
export type ReturnApproval = 'staff' | 'automatic';
export type ReturnAxis = 'none' | 'requested' | 'in_transit' | 'received' | 'closed';
export type ReturnState = 'requested' | 'in_transit' | 'received' | 'closed' | 'rejected' | 'canceled';
export type RevisionTerms = 'stored_shares' | 'original_rules' | 'today';
export type Rollback = { readonly id: string };
export type Rounding = 'half_away' | 'half_even' | 'half_ceiling' | 'half_floor' | 'half_zero' | 'up' | 'down' | 'ceiling' | 'floor';
export type Rules = { readonly currency: Currency; readonly home: Destination; readonly money: Money; readonly payment_methods: readonly (PaymentMethod)[]; readonly policies: Policies; readonly prices_include_tax: boolean; readonly pricing_version: number; readonly promotions: readonly (Promotion)[]; readonly shipping_methods: readonly (ShippingMethod)[]; readonly tax_classes: readonly (TaxClass)[]; readonly taxes: readonly (Tax)[]; readonly zones: readonly (Zone)[] };
export type RulesSent = { readonly currency: Currency; readonly home?: DestinationSent; readonly money?: MoneySent; readonly payment_methods?: readonly (PaymentMethodSent)[]; readonly policies?: PoliciesSent; readonly prices_include_tax?: boolean; readonly pricing_version: number; readonly promotions?: readonly (PromotionSent)[]; readonly shipping_methods?: readonly (ShippingMethodSent)[]; readonly tax_classes?: readonly (TaxClassSent)[]; readonly taxes?: readonly (TaxSent)[]; readonly zones?: readonly (ZoneSent)[] };
export type Session = { readonly csrf_token: string; readonly email: string; readonly ends_ms: number; readonly role: string; readonly user: string };
export type Settings = { readonly abandoned: { readonly delay_ms: number; readonly reminder: boolean; readonly since_ms: number }; readonly attempt_expires_ms: number; readonly attempts_max: number; readonly automatic_invoice: boolean; readonly backorders: Backorders; readonly confirmation_ppm: number; readonly credit_note_series: string; readonly delivery_done_mail: boolean; readonly delivery_steps: number; readonly hold_at: HoldAt; readonly hold_ms: number; readonly invoice_policy: InvoicePolicy; readonly invoice_series: string; readonly invoices_kept_ms: number | null; readonly late_money: LateMoney; readonly lock_confirmed: boolean; readonly providers: { readonly [key: string]: { readonly capture: CaptureMode; readonly enabled: boolean; readonly express: boolean; readonly partial_capture: boolean; readonly refund: RefundAbility; readonly void: boolean } }; readonly quotation_valid_ms: number | null; readonly return_approval: ReturnApproval; readonly salesperson: string | null; readonly shipping_policy: ShippingPolicy; readonly team: string | null; readonly unpaid_expires_ms: number | null };
export type SettingsSent = { readonly abandoned?: { readonly delay_ms?: number; readonly reminder?: boolean; readonly since_ms?: number }; readonly attempt_expires_ms?: number; readonly attempts_max?: number; readonly automatic_invoice?: boolean; readonly backorders?: Backorders; readonly confirmation_ppm?: number; readonly credit_note_series?: string; readonly delivery_done_mail?: boolean; readonly delivery_steps?: number; readonly hold_at?: HoldAt; readonly hold_ms?: number; readonly invoice_policy?: InvoicePolicy; readonly invoice_series?: string; readonly invoices_kept_ms?: number | null; readonly late_money?: LateMoney; readonly lock_confirmed?: boolean; readonly providers?: { readonly [key: string]: { readonly capture?: CaptureMode; readonly enabled?: boolean; readonly express?: boolean; readonly partial_capture?: boolean; readonly refund?: RefundAbility; readonly void?: boolean } }; readonly quotation_valid_ms?: number | null; readonly return_approval?: ReturnApproval; readonly salesperson?: string | null; readonly shipping_policy?: ShippingPolicy; readonly team?: string | null; readonly unpaid_expires_ms?: number | null };
export type Severity = 'info' | 'warning' | 'error';
export type ShippingMethod = { readonly enabled: boolean; readonly except?: { readonly categories: readonly (string)[]; readonly skus: readonly (string)[] } | null; readonly free_from_minor: number | null; readonly free_from_tax: AmountTax; readonly id: string; readonly label: { readonly [key: string]: string }; readonly max_weight_g?: number | null; readonly pickup: boolean; readonly price: ShippingPrice; readonly tax_class?: string | null; readonly when: readonly (Condition)[]; readonly zones: readonly (string)[] };
export type ShippingMethodSent = { readonly enabled?: boolean; readonly except?: { readonly categories?: readonly (string)[]; readonly skus?: readonly (string)[] } | null; readonly free_from_minor?: number | null; readonly free_from_tax?: AmountTax; readonly id: string; readonly label?: { readonly [key: string]: string }; readonly max_weight_g?: number | null; readonly pickup?: boolean; readonly price: ShippingPrice; readonly tax_class?: string | null; readonly when?: readonly (ConditionSent)[]; readonly zones?: readonly (string)[] };
export type ShippingPolicy = 'as_available' | 'all_at_once';
export type ShippingPrice = ShippingPriceFlat | ShippingPricePerUnit | ShippingPriceByWeight | ShippingPriceByValue | ShippingPriceByQuantity;
export type ShippingPriceByQuantity = { readonly kind: 'by_quantity'; readonly table: readonly ({ readonly amount_minor: number; readonly from: number })[] };
export type ShippingPriceByValue = { readonly kind: 'by_value'; readonly table: readonly ({ readonly amount_minor: number; readonly from: number })[] };
export type ShippingPriceByWeight = { readonly kind: 'by_weight'; readonly table: readonly ({ readonly amount_minor: number; readonly from: number })[] };
export type ShippingPriceFlat = { readonly kind: 'flat'; readonly amount_minor: number };
export type ShippingPricePerUnit = { readonly kind: 'per_unit'; readonly amount_minor: number };
export type ShippingTax = 'own_class' | 'proportional' | 'weighted_mean' | 'highest' | 'predominant' | 'none';
export type ShortStock = 'clamp' | 'refuse';
export type SignIn = { readonly email: string; readonly password: string };
export type SkipReason = 'switched_off' | 'older_than_switch' | 'no_address' | 'no_consent' | 'unsubscribed' | 'payment_failed' | 'nothing_priced' | 'bought_since' | 'reminded_already' | 'sold_out';
export type StaffOrder = { readonly order: View; readonly stream_digest: Digest; readonly version: number };
export type StaffRole = 'sales' | 'warehouse' | 'accounting' | 'admin';
export type StockChangeSent = { readonly count?: boolean; readonly location?: string; readonly on_hand?: number | null; readonly reason?: string | null; readonly received?: number | null; readonly safety_stock?: number | null; readonly sku: string };
export type StockHistory = { readonly cursor: string | null; readonly movements: readonly ({ readonly actor: string | null; readonly at_ms: number; readonly movement: string; readonly on_hand: number; readonly order_no: number | null; readonly reason: string | null })[]; readonly stock: { readonly available: number; readonly backordered: number; readonly held: number; readonly location: string; readonly on_hand: number; readonly reserved: number; readonly safety_stock: number; readonly sku: string } };
export type StockPolicy = 'deny' | 'backorder' | 'untracked';
export type StockRows = readonly ({ readonly available: number; readonly backordered: number; readonly held: number; readonly location: string; readonly on_hand: number; readonly reserved: number; readonly safety_stock: number; readonly sku: string })[];
export type TakeOrder = 'dearest' | 'cheapest';
export type Target = { readonly categories: readonly (string)[]; readonly except?: Target | null; readonly floor_minor?: number | null; readonly group_units?: number | null; readonly limit_units?: number | null; readonly skus: readonly (string)[]; readonly unit_price_from_minor?: number | null; readonly unit_price_to_minor?: number | null };
export type TargetSent = { readonly categories?: readonly (string)[]; readonly except?: TargetSent | null; readonly floor_minor?: number | null; readonly group_units?: number | null; readonly limit_units?: number | null; readonly skus?: readonly (string)[]; readonly unit_price_from_minor?: number | null; readonly unit_price_to_minor?: number | null };
export type Tax = { readonly amount_exact?: Exact | null; readonly category: string; readonly compound: boolean | readonly (string)[]; readonly ends_ms?: number | null; readonly id: string; readonly included: boolean | null; readonly kind: TaxKind; readonly ppm: number; readonly starts_ms?: number | null };
export type TaxClass = { readonly default: boolean; readonly id: string; readonly taxes: { readonly [key: string]: readonly (string)[] } };
export type TaxClassSent = { readonly default?: boolean; readonly id: string; readonly taxes?: { readonly [key: string]: readonly (string)[] } };
export type TaxKind = 'percent' | 'fixed' | 'division';
export type TaxRounding = 'unit' | 'line' | 'group' | 'document_carry' | 'none';
export type TaxSent = { readonly amount_exact?: Exact | null; readonly category?: string; readonly compound?: boolean | readonly (string)[]; readonly ends_ms?: number | null; readonly id: string; readonly included?: boolean | null; readonly kind?: TaxKind; readonly ppm?: number; readonly starts_ms?: number | null };
export type ThresholdBase = 'reduced' | 'original';
export type TransferState = 'waiting' | 'ready' | 'done' | 'canceled';
export type TransferStep = 'pick' | 'pack' | 'ship';
export type UnitPriceRounding = 'minor' | 'none';
export type VatAnswer = 'valid' | 'invalid' | 'unknown';
export type Verdict = string;
export type View = { readonly abandoned: { readonly is: boolean; readonly reason: SkipReason | null; readonly reminder: ReminderState }; readonly assigned: { readonly salesperson: string | null; readonly team: string | null }; readonly axes: { readonly delivery: DeliveryAxis; readonly invoice: InvoiceAxis; readonly order: OrderState; readonly payment: PaymentAxis; readonly return: ReturnAxis }; readonly bill_to: Address | null; readonly channel: string; readonly confirmed_ms: number | null; readonly contact: { readonly email: string; readonly name: string | null; readonly phone: string | null } | null; readonly coupons: readonly ({ readonly code: string; readonly promotion: string; readonly reason: string | null; readonly state: CouponState })[]; readonly currency: string; readonly customer: string | null; readonly deliveries: readonly ({ readonly backorder_of: number | null; readonly delivered_ms: number | null; readonly done_ms: number | null; readonly exchange_of: number | null; readonly lines: readonly ({ readonly demanded: number; readonly done: number; readonly line_id: string; readonly reserved: number; readonly sku: string })[]; readonly location: string; readonly state: TransferState; readonly step: TransferStep; readonly tracking: string | readonly (string)[] | null; readonly transfer: number })[]; readonly erased: readonly (string)[]; readonly gift_cards: readonly ({ readonly amount_minor: number; readonly code: string; readonly state: CouponState })[]; readonly holds: readonly ({ readonly expires_ms: number; readonly location: string; readonly quantity: number; readonly sku: string })[]; readonly invoices: readonly ({ readonly deducted_minor: number; readonly invoice: number; readonly kind: InvoiceKind; readonly lines: readonly ({ readonly gross_minor: number; readonly line_id: string; readonly net_minor: number; readonly quantity: number; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_minor: number; readonly base_minor: number; readonly tax: string })[] })[]; readonly net_minor: number; readonly number: number | null; readonly of: number | null; readonly paid_minor: number; readonly series: string | null; readonly shipping: { readonly gross_minor: number; readonly net_minor: number; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_minor: number; readonly base_minor: number; readonly tax: string })[] }; readonly state: InvoiceState; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_minor: number; readonly base_minor: number; readonly tax: string })[]; readonly total_minor: number })[]; readonly lines: readonly ({ readonly discount_minor: number; readonly discounts: readonly ({ readonly amount_exact?: Exact | null; readonly amount_minor: number; readonly promotion: string })[]; readonly goods: { readonly backordered: number; readonly canceled: number; readonly ordered: number; readonly reserved: number; readonly restocked: number; readonly returned: number; readonly shipped: number }; readonly gross_minor: number; readonly line_id: string; readonly money: { readonly captured_minor: number; readonly due_minor: number; readonly refundable_minor: number; readonly refunded_minor: number }; readonly net_minor: number; readonly promise: { readonly credited: number; readonly invoiced: number; readonly to_invoice: number }; readonly quantity: number; readonly sku: string; readonly subtotal_minor: number; readonly tax_minor: number; readonly taxes: readonly ({ readonly amount_exact?: Exact | null; readonly amount_minor: number; readonly base_exact?: Exact | null; readonly base_minor: number; readonly tax: string })[]; readonly unit_price_minor: number })[]; readonly locked: boolean; readonly messages: readonly (Message)[]; readonly money: { readonly authorized_minor: number; readonly captured_minor: number; readonly charged_back_minor: number; readonly due_minor: number; readonly owed_minor: number; readonly refundable_minor: number; readonly refunded_minor: number; readonly refunding_minor: number }; readonly needs_person: { readonly reason: PersonCause; readonly since_ms: number } | null; readonly order: string; readonly order_no: number | null; readonly payment_method: string | null; readonly payments: readonly ({ readonly amount_minor: number; readonly attempt: number; readonly authorized_minor: number; readonly captured_minor: number; readonly method: string; readonly provider: string; readonly reason: string | null; readonly refundable_minor: number; readonly refunded_minor: number; readonly state: AttemptState })[]; readonly placed_ms: number | null; readonly quote_digest: string; readonly refunds: readonly ({ readonly amount_minor: number; readonly attempt: number | null; readonly gift_card: string | null; readonly lines: readonly ({ readonly amount_minor: number; readonly line_id: string; readonly quantity: number })[]; readonly reason: string | null; readonly refund: number; readonly return: number | null; readonly shipping_minor: number; readonly state: RefundState })[]; readonly returns: readonly ({ readonly lines: readonly ({ readonly accepted: number; readonly approved: number; readonly exchanged: number; readonly line_id: string; readonly rejected: number; readonly requested: number; readonly restocked: number })[]; readonly refundable_minor: number; readonly return: number; readonly state: ReturnState })[]; readonly saved: readonly ({ readonly configuration: string | null; readonly quantity: number; readonly sku: string })[]; readonly ship_to: Address | null; readonly shipping: QuoteShipping; readonly tax_summary: readonly ({ readonly amount_exact?: Exact | null; readonly amount_minor: number; readonly base_exact?: Exact | null; readonly base_minor: number; readonly ppm: number; readonly tax: string })[]; readonly terms_version: string | null; readonly totals: QuoteTotals; readonly version: number };
export type Webhook = { readonly created_ms: number; readonly enabled: boolean; readonly events: readonly (string)[]; readonly id: string; readonly url: string; readonly version: number; readonly why: string };
export type WebhookChange = { readonly enabled: boolean; readonly events: readonly (string)[]; readonly url: string };
export type WebhookList = { readonly webhooks: readonly (Webhook)[] };
export type WebhookMade = { readonly secret: string; readonly webhook: Webhook };
export type WebhookReplay = { readonly from_ms: number; readonly to_ms: number };
export type ZeroPrice = 'allow' | 'refuse';
export type ZeroWeights = 'even' | 'nothing' | 'refuse';
export type Zone = { readonly countries: readonly (string)[]; readonly id: string; readonly postcodes: readonly (string)[]; readonly regions: readonly (string)[]; readonly reverse_charge?: readonly (string)[] | null };
export type ZoneSent = { readonly countries?: readonly (string)[]; readonly id: string; readonly postcodes?: readonly (string)[]; readonly regions?: readonly (string)[]; readonly reverse_charge?: readonly (string)[] | null };

/** What staff may ask for, by its name. */
export interface StaffOperations {
  /** Says what is on hand or what has come, for the roles warehouse and admin: one row or a list. */
  readonly adjustStock: {
    readonly asks: { readonly headers?: { readonly 'Idempotency-Key'?: string }; readonly body: StockChangeSent | readonly (StockChangeSent)[] };
    readonly answers: StockRows;
  };
  /** The staff's commands, as far as the sender's role goes. */
  readonly changeOrderAsStaff: {
    readonly asks: { readonly path: { readonly id: string }; readonly body: CommandsSent };
    readonly answers: Answer;
  };
  /** What differs between two of them. */
  readonly compareRules: {
    readonly asks: { readonly query: { readonly from: string; readonly to: string } };
    readonly answers: DifferenceList;
  };
  /** What differs between two of them. */
  readonly compareSettings: {
    readonly asks: { readonly query: { readonly from: string; readonly to: string } };
    readonly answers: DifferenceList;
  };
  /** Every commit of every order, as a stream. */
  readonly followOrders: {
    readonly asks: { readonly headers?: { readonly 'Last-Event-ID'?: string } };
    readonly answers: string;
  };
  /** Codes and the promotions they belong to, up to 200. */
  readonly listCoupons: {
    readonly asks: { readonly query?: { readonly cursor?: string } };
    readonly answers: CouponList;
  };
  /** Messages that are no longer tried, up to 200. */
  readonly listDeadMessages: {
    readonly asks: { readonly path: { readonly id: string }; readonly query?: { readonly after?: string } };
    readonly answers: DeadMessages;
  };
  /** Orders, the newest first, up to 50. */
  readonly listOrders: {
    readonly asks: { readonly query?: { readonly state?: string; readonly cursor?: string } };
    readonly answers: OrderList;
  };
  /** Which commands the sender's role may send now. */
  readonly listPossibleForStaff: {
    readonly asks: { readonly path: { readonly id: string } };
    readonly answers: PossibleCommands;
  };
  /** Products as whole documents, up to 100. */
  readonly listProducts: {
    readonly asks: { readonly query?: { readonly q?: string; readonly cursor?: string } };
    readonly answers: ProductList;
  };
  /** Everything that was ever published, the one in force first. */
  readonly listRulesVersions: {
    readonly asks: Nothing;
    readonly answers: EditionList;
  };
  /** Everything that was ever published, the one in force first. */
  readonly listSettingsVersions: {
    readonly asks: Nothing;
    readonly answers: EditionList;
  };
  /** The endpoints that are told of orders, for the role admin. */
  readonly listWebhooks: {
    readonly asks: Nothing;
    readonly answers: WebhookList;
  };
  /** Makes an endpoint and tells its secret, once. */
  readonly makeWebhook: {
    readonly asks: { readonly body: NewWebhookSent };
    readonly answers: WebhookMade;
  };
  /** What a command would do now: the order as it would stand, the money that would be asked for, or why it is refused. Nothing is written. */
  readonly previewCommand: {
    readonly asks: { readonly path: { readonly id: string }; readonly body: OneCommandSent };
    readonly answers: Preview;
  };
  /** Checks a document and puts it in force, for the role admin. */
  readonly publishRules: {
    readonly asks: { readonly headers?: { readonly 'If-Match'?: string }; readonly body: RulesSent };
    readonly answers: Rules;
  };
  /** Checks a document and puts it in force, for the role admin. */
  readonly publishSettings: {
    readonly asks: { readonly headers?: { readonly 'If-Match'?: string }; readonly body: SettingsSent };
    readonly answers: Settings;
  };
  /** Makes a code or gives it to another promotion, for the role admin. */
  readonly putCoupon: {
    readonly asks: { readonly path: { readonly code: string }; readonly body: CouponChange };
    readonly answers: Coupon;
  };
  /** Makes or replaces a picture, for the role admin. */
  readonly putImage: {
    readonly asks: { readonly path: { readonly path: string }; readonly body: Blob };
    readonly answers: ImageStored;
  };
  /** Makes or replaces a product, for the role admin. */
  readonly putProduct: {
    readonly asks: { readonly path: { readonly handle: string }; readonly headers?: { readonly 'If-Match'?: string; readonly 'If-None-Match'?: string }; readonly body: ProductSent };
    readonly answers: Product;
  };
  /** Changes an endpoint. */
  readonly putWebhook: {
    readonly asks: { readonly path: { readonly id: string }; readonly headers?: { readonly 'If-Match'?: string }; readonly body: WebhookChange };
    readonly answers: Webhook;
  };
  /** Who changed what, the earliest first, for the roles admin and accounting. */
  readonly readAudit: {
    readonly asks: { readonly query?: { readonly after?: string } };
    readonly answers: AuditList;
  };
  /** The same with the parts that are for staff. */
  readonly readEventsAsStaff: {
    readonly asks: { readonly path: { readonly id: string }; readonly query?: { readonly after?: string }; readonly headers?: { readonly 'Last-Event-ID'?: string } };
    readonly answers: Answer;
  };
  /** The order as staff may see it, by its number or its id. */
  readonly readOrderAsStaff: {
    readonly asks: { readonly path: { readonly id: string }; readonly headers?: { readonly 'If-None-Match'?: string } };
    readonly answers: StaffOrder;
  };
  /** One product as a whole document. */
  readonly readProduct: {
    readonly asks: { readonly path: { readonly handle: string }; readonly headers?: { readonly 'If-None-Match'?: string } };
    readonly answers: Product;
  };
  /** The document in force. */
  readonly readRules: {
    readonly asks: { readonly headers?: { readonly 'If-None-Match'?: string } };
    readonly answers: Rules;
  };
  /** One of them. */
  readonly readRulesVersion: {
    readonly asks: { readonly path: { readonly id: string } };
    readonly answers: Rules;
  };
  /** Who is signed in. */
  readonly readSession: {
    readonly asks: Nothing;
    readonly answers: Session;
  };
  /** The document in force. */
  readonly readSettings: {
    readonly asks: { readonly headers?: { readonly 'If-None-Match'?: string } };
    readonly answers: Settings;
  };
  /** One of them. */
  readonly readSettingsVersion: {
    readonly asks: { readonly path: { readonly id: string } };
    readonly answers: Settings;
  };
  /** What lies at a place of one product, and up to 50 movements that led to it, the last one first. */
  readonly readStock: {
    readonly asks: { readonly path: { readonly sku: string }; readonly query?: { readonly location?: string; readonly cursor?: string } };
    readonly answers: StockHistory;
  };
  /** One endpoint, without its secret. */
  readonly readWebhook: {
    readonly asks: { readonly path: { readonly id: string }; readonly headers?: { readonly 'If-None-Match'?: string } };
    readonly answers: Webhook;
  };
  /** Removes a code, for the role admin. */
  readonly removeCoupon: {
    readonly asks: { readonly path: { readonly code: string } };
    readonly answers: undefined;
  };
  /** Removes a picture, for the role admin. */
  readonly removeImage: {
    readonly asks: { readonly path: { readonly path: string } };
    readonly answers: undefined;
  };
  /** Removes a product, for the role admin. */
  readonly removeProduct: {
    readonly asks: { readonly path: { readonly handle: string }; readonly headers?: { readonly 'If-Match'?: string; readonly 'If-None-Match'?: string } };
    readonly answers: undefined;
  };
  /** Removes an endpoint, with what it was not told yet. */
  readonly removeWebhook: {
    readonly asks: { readonly path: { readonly id: string }; readonly headers?: { readonly 'If-Match'?: string } };
    readonly answers: undefined;
  };
  /** Sends once more what happened in a span of time and has ended. */
  readonly replayWebhook: {
    readonly asks: { readonly path: { readonly id: string }; readonly body: WebhookReplay };
    readonly answers: undefined;
  };
  /** Publishes an old one anew, for the role admin. */
  readonly rollBackRules: {
    readonly asks: { readonly headers?: { readonly 'If-Match'?: string }; readonly body: Rollback };
    readonly answers: Rules;
  };
  /** Publishes an old one anew, for the role admin. */
  readonly rollBackSettings: {
    readonly asks: { readonly headers?: { readonly 'If-Match'?: string }; readonly body: Rollback };
    readonly answers: Settings;
  };
  /** A new secret, told once; the one before signs too for a day. */
  readonly rollWebhookSecret: {
    readonly asks: { readonly path: { readonly id: string } };
    readonly answers: WebhookMade;
  };
  /** Signs a user of the staff in and sets the session's cookie. */
  readonly signIn: {
    readonly asks: { readonly body: SignIn };
    readonly answers: Session;
  };
  /** Ends the session. */
  readonly signOut: {
    readonly asks: Nothing;
    readonly answers: undefined;
  };
}

/** Method and path of each. */
export const staffRoutes: {
  readonly [Name in keyof StaffOperations]: {
    readonly method: string;
    readonly path: string;
  };
} = {
  adjustStock: { method: 'POST', path: '/v1/staff/stock' },
  changeOrderAsStaff: { method: 'POST', path: '/v1/staff/orders/{id}/commands' },
  compareRules: { method: 'GET', path: '/v1/staff/rules/diff' },
  compareSettings: { method: 'GET', path: '/v1/staff/settings/diff' },
  followOrders: { method: 'GET', path: '/v1/staff/events' },
  listCoupons: { method: 'GET', path: '/v1/staff/coupons' },
  listDeadMessages: { method: 'GET', path: '/v1/staff/webhooks/{id}/dead' },
  listOrders: { method: 'GET', path: '/v1/staff/orders' },
  listPossibleForStaff: { method: 'GET', path: '/v1/staff/orders/{id}/possible' },
  listProducts: { method: 'GET', path: '/v1/staff/products' },
  listRulesVersions: { method: 'GET', path: '/v1/staff/rules/versions' },
  listSettingsVersions: { method: 'GET', path: '/v1/staff/settings/versions' },
  listWebhooks: { method: 'GET', path: '/v1/staff/webhooks' },
  makeWebhook: { method: 'POST', path: '/v1/staff/webhooks' },
  previewCommand: { method: 'POST', path: '/v1/staff/orders/{id}/preview' },
  publishRules: { method: 'PUT', path: '/v1/staff/rules' },
  publishSettings: { method: 'PUT', path: '/v1/staff/settings' },
  putCoupon: { method: 'PUT', path: '/v1/staff/coupons/{code}' },
  putImage: { method: 'PUT', path: '/v1/staff/images/{path}' },
  putProduct: { method: 'PUT', path: '/v1/staff/products/{handle}' },
  putWebhook: { method: 'PUT', path: '/v1/staff/webhooks/{id}' },
  readAudit: { method: 'GET', path: '/v1/staff/audit' },
  readEventsAsStaff: { method: 'GET', path: '/v1/staff/orders/{id}/events' },
  readOrderAsStaff: { method: 'GET', path: '/v1/staff/orders/{id}' },
  readProduct: { method: 'GET', path: '/v1/staff/products/{handle}' },
  readRules: { method: 'GET', path: '/v1/staff/rules' },
  readRulesVersion: { method: 'GET', path: '/v1/staff/rules/versions/{id}' },
  readSession: { method: 'GET', path: '/v1/staff/session' },
  readSettings: { method: 'GET', path: '/v1/staff/settings' },
  readSettingsVersion: { method: 'GET', path: '/v1/staff/settings/versions/{id}' },
  readStock: { method: 'GET', path: '/v1/staff/stock/{sku}' },
  readWebhook: { method: 'GET', path: '/v1/staff/webhooks/{id}' },
  removeCoupon: { method: 'DELETE', path: '/v1/staff/coupons/{code}' },
  removeImage: { method: 'DELETE', path: '/v1/staff/images/{path}' },
  removeProduct: { method: 'DELETE', path: '/v1/staff/products/{handle}' },
  removeWebhook: { method: 'DELETE', path: '/v1/staff/webhooks/{id}' },
  replayWebhook: { method: 'POST', path: '/v1/staff/webhooks/{id}/replay' },
  rollBackRules: { method: 'POST', path: '/v1/staff/rules/rollback' },
  rollBackSettings: { method: 'POST', path: '/v1/staff/settings/rollback' },
  rollWebhookSecret: { method: 'POST', path: '/v1/staff/webhooks/{id}/secret' },
  signIn: { method: 'POST', path: '/v1/staff/session' },
  signOut: { method: 'DELETE', path: '/v1/staff/session' },
};
