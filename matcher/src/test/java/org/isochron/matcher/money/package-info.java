/**
 * A storm of random commands over accounts, instruments of every kind and two settlement assets, with the money watched
 * from outside: by sums over the ledger, by margins worked out from the rules, and by the scan of a risk node.
 */
package org.isochron.matcher.money;
