/**
 * Audits: what the venue has worked out is worked out again from its journal, by other means. The formulas are written from
 * the rulebook, in numbers of any size, and share no arithmetic with the core; the core is only asked for what it did.
 */
package org.isochron.replay.audit;
