package org.isochron.risk.ledger;

import org.isochron.risk.rules.Rules;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.PairIndex;
import org.isochron.risk.state.StateTable;

/**
 * The noun LEDGER: accounts, their cash in each asset and their positions, with the identity that cash and lots come from
 * nowhere and go nowhere. All amounts are quanta of an asset, all quantities lots.
 *
 * <p>The identity is checked against running totals kept where the cells are written, not against what was meant to be
 * transferred, so that it can fail.
 */
public final class Ledger {
    /** Ids from here up are the venue's own. */
    public static final long FIRST_SYSTEM_ID = 4_000_000_000L;

    public static final long FEE_ID = FIRST_SYSTEM_ID + 1;
    public static final long INSURANCE_ID = FIRST_SYSTEM_ID + 2;
    public static final long ROUNDING_ID = FIRST_SYSTEM_ID + 3;
    public static final long FUNDING_POOL_ID = FIRST_SYSTEM_ID + 4;

    /** Slots of the venue's own accounts. */
    public static final int FEE = 0;

    public static final int INSURANCE = 1;
    public static final int ROUNDING = 2;
    public static final int FUNDING_POOL = 3;
    public static final int SYSTEM_ACCOUNTS = 4;

    /** No firm: the venue's own accounts. */
    public static final int NO_FIRM = -1;

    /** Most of an asset that can have been deposited, net: leaves room for profit on top of it in 63 bits. */
    public static final long MAX_NET_DEPOSITS = 1L << 60;

    private static final int ID = 0;
    private static final int FIRM = 1;
    private static final int FIRST_POSITION = 2;
    private static final int ACCOUNT_FIELDS = 3;

    private static final int CASH = 0;
    private static final int IN_LIQUIDATION = 1;
    private static final int BUCKET_FIELDS = 2;

    private final Assets assets;
    private final Instruments instruments;
    private final Rules rules;
    private final Positions positions;
    private final StateTable accounts;
    private final PairIndex accountById;
    /** Row: account * assets + asset. */
    private final StateTable buckets;

    private Capacities capacities;
    private int bucketsPerAccount;
    /** Per asset, derived: sum of the cash of all accounts. */
    private long[] totalCash;

    private int unbalancedAssets;

    public Ledger(final Capacities capacities) {
        this.capacities = capacities;
        assets = new Assets(capacities.assets());
        instruments = new Instruments(capacities.instruments());
        rules = new Rules(capacities.instruments());
        positions = new Positions(capacities.positions(), capacities.instruments());
        accounts = new StateTable("accounts", capacities.accounts() + SYSTEM_ACCOUNTS, ACCOUNT_FIELDS);
        accountById = new PairIndex(accounts, ID, ID);
        bucketsPerAccount = capacities.assets();
        buckets = new StateTable("buckets", accounts.rows() * bucketsPerAccount, BUCKET_FIELDS);
        totalCash = new long[capacities.assets()];
        defineAccount(FEE_ID, NO_FIRM);
        defineAccount(INSURANCE_ID, NO_FIRM);
        defineAccount(ROUNDING_ID, NO_FIRM);
        defineAccount(FUNDING_POOL_ID, NO_FIRM);
    }

    /** Takes other capacities; only while nothing but the venue's own accounts is defined. */
    public void resize(final Capacities capacities) {
        this.capacities = capacities;
        assets.resize(capacities.assets());
        instruments.resize(capacities.instruments());
        rules.resize(capacities.instruments());
        positions.resize(capacities.positions(), capacities.instruments());
        accounts.resize(capacities.accounts() + SYSTEM_ACCOUNTS);
        accountById.resize();
        bucketsPerAccount = capacities.assets();
        buckets.resize(Math.multiplyExact(accounts.rows(), bucketsPerAccount));
        totalCash = new long[capacities.assets()];
    }

    /** In force; changed by {@link #resize} only. */
    public Capacities capacities() {
        return capacities;
    }

    public Assets assets() {
        return assets;
    }

    public Instruments instruments() {
        return instruments;
    }

    /** What the instruments are run by beside their contracts. */
    public Rules rules() {
        return rules;
    }

    public Positions positions() {
        return positions;
    }

    /** Slot of the account, or -1. */
    public int findAccount(final long id) {
        return accountById.find(id, id);
    }

    /** Accounts in all, the venue's own first. */
    public int accountCount() {
        return accountById.size();
    }

    public boolean isFullOfAccounts() {
        return accountCount() == accounts.rows();
    }

    /** @param firm slot of the firm, or {@link #NO_FIRM}. */
    public void defineAccount(final long id, final int firm) {
        final int slot = accountCount();
        accounts.set(slot, ID, id);
        accounts.set(slot, FIRM, firm);
        accountById.insert(slot);
    }

    public long accountId(final int account) {
        return accounts.get(account, ID);
    }

    /** Slot of the account's firm, or {@link #NO_FIRM}. */
    public int firm(final int account) {
        return accounts.getInt(account, FIRM);
    }

    /** First position of the account, or -1; the next is {@link Positions#nextOfAccount}. */
    public int firstPosition(final int account) {
        return accounts.getInt(account, FIRST_POSITION) - 1;
    }

    /** The row of account and instrument, made at first use; the caller has checked that there is room for a new one. */
    public int position(final int account, final int instrument) {
        final int known = positions.find(account, instrument);
        if (known >= 0) {
            return known;
        }
        final int position =
                positions.add(account, instrument, firstPosition(account), instruments.firstHolder(instrument));
        accounts.set(account, FIRST_POSITION, position + 1L);
        instruments.firstHolder(instrument, position);
        return position;
    }

    public long cash(final int account, final int asset) {
        return buckets.get(account * bucketsPerAccount + asset, CASH);
    }

    public boolean isInLiquidation(final int account, final int asset) {
        return buckets.get(account * bucketsPerAccount + asset, IN_LIQUIDATION) != 0;
    }

    public void inLiquidation(final int account, final int asset, final boolean inLiquidation) {
        buckets.set(account * bucketsPerAccount + asset, IN_LIQUIDATION, inLiquidation ? 1 : 0);
    }

    /** Cash arrives from outside, or leaves when negative. */
    public void deposit(final int account, final int asset, final long amount) {
        final boolean balanced = totalCash[asset] == assets.netDeposits(asset);
        assets.addNetDeposits(asset, amount);
        if (balanced) {
            unbalancedAssets++;
        }
        addCash(account, asset, amount);
    }

    /** Cash passes between two accounts. */
    public void transfer(final int from, final int to, final int asset, final long amount) {
        addCash(from, asset, -amount);
        addCash(to, asset, amount);
    }

    /** Lots pass from seller to buyer and cash the other way; both are rows of the same instrument. */
    public void trade(final int buyer, final int seller, final long lots, final long cash) {
        final int asset = instruments.asset(positions.instrument(buyer));
        positions.move(buyer, lots, -cash);
        positions.move(seller, -lots, cash);
        addCash(positions.account(buyer), asset, -cash);
        addCash(positions.account(seller), asset, cash);
    }

    private void addCash(final int account, final int asset, final long amount) {
        if (amount == 0) {
            return;
        }
        final int row = account * bucketsPerAccount + asset;
        final long before = buckets.get(row, CASH);
        buckets.set(row, CASH, Math.addExact(before, amount));
        final boolean balanced = totalCash[asset] == assets.netDeposits(asset);
        totalCash[asset] += buckets.get(row, CASH) - before;
        if (balanced != (totalCash[asset] == assets.netDeposits(asset))) {
            unbalancedAssets += balanced ? 1 : -1;
        }
    }

    /** Sum of the cash of all accounts less net deposits: 0, or the replica has stopped. */
    public long imbalance(final int asset) {
        return totalCash[asset] - assets.netDeposits(asset);
    }

    /**
     * The identity of section 1 of the rulebook, in O(1).
     *
     * @throws InvariantViolation when cash or lots have come from nowhere.
     */
    public void checkBalance() {
        if (unbalancedAssets != 0 || positions.unbalancedInstruments() != 0) {
            throw new InvariantViolation("zero-sum is broken in " + unbalancedAssets + " assets and "
                    + positions.unbalancedInstruments() + " instruments");
        }
    }

    /** Checks the identity, the running totals and the hashes against every cell. */
    public void verifyInFull() {
        assets.verify();
        instruments.verify();
        rules.verify();
        accounts.verify();
        buckets.verify();
        positions.verify(instruments.count());
        for (int asset = 0; asset < assets.count(); asset++) {
            long sum = 0;
            for (int account = 0; account < accountCount(); account++) {
                sum += cash(account, asset);
            }
            if (sum != totalCash[asset] || sum != assets.netDeposits(asset)) {
                throw new InvariantViolation("asset " + assets.id(asset) + ": cash sums to " + sum + ", running total "
                        + totalCash[asset] + ", deposits less withdrawals " + assets.netDeposits(asset));
            }
        }
        checkBalance();
    }

    /** Hash of the noun, O(1). */
    public long hash() {
        return assets.hash() + instruments.hash() + rules.hash() + positions.hash() + accounts.hash() + buckets.hash();
    }
}
