/**
 * The rules an instrument is run by, beside the contract itself: each kind chosen by name and parameterised by a sequenced
 * command, in force at once or from a sequence announced before. Old journals replay under the rules that were in force
 * then; the hash over all of them is in the security definition (rulebook 11).
 */
package org.isochron.risk.rules;
