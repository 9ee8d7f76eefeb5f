package org.isochron.risk.ledger;

import org.isochron.risk.rules.Rules;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.DerivedState;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.PairIndex;
import org.isochron.risk.state.StateCheck;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateSum;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * The noun LEDGER: accounts, their cash in each asset and their positions, with the identity that cash and lots come from
 * nowhere and go nowhere. All amounts are quanta of an asset, all quantities lots.
 *
 * <p>The identity is checked against running totals kept where the cells are written, not against what was meant to be
 * transferred, so that it can fail.
 */
public final class Ledger implements StateOwner, DerivedState {
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

    /** No bucket. */
    public static final int NO_BUCKET = -1;

    /** In place of an instrument: the bucket is not isolated. */
    public static final int CROSS = -1;

    /** Most of an asset that can have been deposited, net: leaves room for profit on top of it in 63 bits. */
    public static final long MAX_NET_DEPOSITS = 1L << 60;

    private static final int ID = 0;
    private static final int FIRM = 1;
    private static final int FIRST_POSITION = 2;
    private static final int FIRST_PLEDGE = 3;
    private static final int ACCOUNT_FIELDS = 4;

    private static final int CASH = 0;
    private static final int IN_LIQUIDATION = 1;
    private static final int BUCKET_FIELDS = 2;

    private final Assets assets;
    private final Instruments instruments;
    private final Contracts contracts;
    private final Rules rules;
    private final Positions positions;
    private final FundingPool funding;
    private final Collaterals collaterals;
    private final CashChanges cashChanges;
    private final StateTable accounts;
    private final PairIndex accountById;
    private final AccountOrder accountOrder;
    /** Row: the bucket's handle, account * assets + asset. */
    private final StateTable crossBuckets;

    private Capacities capacities;
    private int assetsPerAccount;
    /** Handle of the first bucket that holds one position alone. */
    private int firstIsolated;
    /** Per asset, derived: sum of the cash of all buckets and of what is pledged. */
    private long[] totalCash;

    private int unbalancedAssets;
    private final StateSum sum = new StateSum();

    public Ledger(final Capacities capacities) {
        this.capacities = capacities;
        assets = new Assets(capacities.assets());
        instruments = new Instruments(capacities.instruments());
        contracts = new Contracts(instruments);
        rules = new Rules(capacities.instruments());
        funding = new FundingPool(capacities.instruments(), capacities.assets());
        collaterals = new Collaterals(capacities.pledges());
        accounts = new StateTable("accounts", capacities.accounts() + SYSTEM_ACCOUNTS, ACCOUNT_FIELDS);
        positions = new Positions(capacities.positions(), accounts.rows(), capacities.instruments(), funding);
        cashChanges = new CashChanges(accounts.rows(), capacities.positions());
        accountById = new PairIndex(accounts, ID, ID);
        accountOrder = new AccountOrder(accounts, ID);
        assetsPerAccount = capacities.assets();
        crossBuckets = new StateTable("buckets", accounts.rows() * assetsPerAccount, BUCKET_FIELDS);
        firstIsolated = crossBuckets.rows();
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
        funding.resize(capacities.instruments(), capacities.assets());
        collaterals.resize(capacities.pledges());
        accounts.resize(capacities.accounts() + SYSTEM_ACCOUNTS);
        positions.resize(capacities.positions(), accounts.rows(), capacities.instruments());
        accountById.resize();
        accountOrder.resize();
        cashChanges.resize(accounts.rows(), capacities.positions());
        assetsPerAccount = capacities.assets();
        crossBuckets.resize(Math.multiplyExact(accounts.rows(), assetsPerAccount));
        firstIsolated = crossBuckets.rows();
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

    /** What lots of its instruments are worth. */
    public Contracts contracts() {
        return contracts;
    }

    /** What the instruments are run by beside their contracts. */
    public Rules rules() {
        return rules;
    }

    public Positions positions() {
        return positions;
    }

    /** Cumulative funding indices, and what their settlement holds in between. */
    public FundingPool funding() {
        return funding;
    }

    /** Whose cash has changed. */
    public CashChanges cashChanges() {
        return cashChanges;
    }

    /** Assets that may be pledged, and what is. */
    public Collaterals collaterals() {
        return collaterals;
    }

    /** All accounts in the order of their ids. */
    public AccountOrder accountOrder() {
        return accountOrder;
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
        accountOrder.insert(slot);
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
        final int position = positions.add(
                account,
                instrument,
                crossBucket(account, instruments.asset(instrument)),
                firstPosition(account),
                instruments.firstHolder(instrument));
        accounts.set(account, FIRST_POSITION, position + 1L);
        instruments.firstHolder(instrument, position);
        return position;
    }

    // Buckets: what margin is judged on. A handle names one, and is dense: first every pair of account and asset, then
    // every position, whether or not it is isolated.

    /** Handle of what an account holds in cross margin in an asset. */
    public int crossBucket(final int account, final int asset) {
        return account * assetsPerAccount + asset;
    }

    /** Handle of the bucket that a position is, or would be, alone in. */
    public int isolatedBucket(final int position) {
        return firstIsolated + position;
    }

    /** Handle of the bucket a position is margined in. */
    public int bucketOf(final int position) {
        return positions.bucket(position);
    }

    /** The same where the account may have no position in the instrument yet: then {@code position} is -1. */
    public int bucketOf(final int account, final int instrument, final int position) {
        return position < 0 ? crossBucket(account, instruments.asset(instrument)) : bucketOf(position);
    }

    /** Handles there are: each is from 0 to one less. */
    public int bucketHandles() {
        return firstIsolated + capacities.positions();
    }

    /**
     * Gives an idle position a bucket of its own, or puts it back into cross margin.
     *
     * @throws InvariantViolation when it is not idle, or its own bucket is not empty.
     */
    public void isolate(final int position, final boolean isolated) {
        if (!positions.isIdle(position) || positions.cash(position) != 0) {
            throw new InvariantViolation("position " + position + " changes its bucket while it is in use");
        }
        final int cross = crossOf(position);
        positions.bucket(position, isolated ? isolatedBucket(position) : cross);
    }

    /** Handle of cross margin for the account and settlement asset of a position, whatever bucket it is in. */
    public int crossOf(final int position) {
        return crossBucket(positions.account(position), instruments.asset(positions.instrument(position)));
    }

    public boolean isIsolated(final int bucket) {
        return bucket >= firstIsolated;
    }

    /** The position of an isolated bucket. */
    public int isolatedPosition(final int bucket) {
        return bucket - firstIsolated;
    }

    public int bucketAccount(final int bucket) {
        return isIsolated(bucket) ? positions.account(isolatedPosition(bucket)) : bucket / assetsPerAccount;
    }

    /** Asset the bucket settles in. */
    public int bucketAsset(final int bucket) {
        return isIsolated(bucket)
                ? instruments.asset(positions.instrument(isolatedPosition(bucket)))
                : bucket % assetsPerAccount;
    }

    /** Instrument of an isolated bucket, {@link #CROSS} for cross margin. */
    public int bucketInstrument(final int bucket) {
        return isIsolated(bucket) ? positions.instrument(isolatedPosition(bucket)) : CROSS;
    }

    /** Cash of a bucket; none of it is counted in any other. */
    public long cash(final int bucket) {
        return isIsolated(bucket) ? positions.cash(isolatedPosition(bucket)) : crossBuckets.get(bucket, CASH);
    }

    public boolean isInLiquidation(final int bucket) {
        return isIsolated(bucket)
                ? positions.isInLiquidation(isolatedPosition(bucket))
                : crossBuckets.get(bucket, IN_LIQUIDATION) != 0;
    }

    public void inLiquidation(final int bucket, final boolean inLiquidation) {
        if (isIsolated(bucket)) {
            positions.inLiquidation(isolatedPosition(bucket), inLiquidation);
        } else {
            crossBuckets.set(bucket, IN_LIQUIDATION, inLiquidation ? 1 : 0);
        }
    }

    /** Cash arrives in a bucket from outside, or leaves when negative. */
    public void deposit(final int bucket, final long amount) {
        final int asset = bucketAsset(bucket);
        final boolean balanced = totalCash[asset] == assets.netDeposits(asset);
        assets.addNetDeposits(asset, amount);
        if (balanced) {
            unbalancedAssets++;
        }
        addCash(bucket, asset, amount);
    }

    /** Cash passes between two buckets of one asset. */
    public void transfer(final int fromBucket, final int toBucket, final long amount) {
        addCash(fromBucket, bucketAsset(fromBucket), -amount);
        addCash(toBucket, bucketAsset(toBucket), amount);
    }

    /**
     * Settles the funding of a position up to now (rulebook 6): {@code floor(-q * (F - f))} quanta pass from FUNDING_POOL
     * to its bucket, or the other way.
     *
     * @return quanta the bucket has received, negative when it has paid.
     */
    public long settleFunding(final int position) {
        final int instrument = positions.instrument(position);
        final long from = positions.fundingIndex(position);
        final long to = funding.index(instrument);
        if (from == to) {
            return 0;
        }
        final long lots = positions.lots(position);
        positions.fundingIndex(position, to);
        funding.settled(instrument, lots, from, to);
        final int asset = instruments.asset(instrument);
        final long received = FundingScale.whole(lots, from, to, FundingScale.BITS);
        transfer(crossBucket(FUNDING_POOL, asset), bucketOf(position), received);
        if (funding.keep(asset, FundingScale.fraction(lots, from, to, FundingScale.BITS))) {
            transfer(crossBucket(FUNDING_POOL, asset), crossBucket(ROUNDING, asset), 1);
        }
        return received;
    }

    /** Quanta that {@link #settleFunding} would bring. */
    public long unsettledFunding(final int position) {
        return FundingScale.whole(
                positions.lots(position),
                positions.fundingIndex(position),
                funding.index(positions.instrument(position)),
                FundingScale.BITS);
    }

    /**
     * Lots pass from seller to buyer and cash the other way; both are rows of the same instrument. Funding up to now is
     * settled on the lots both had before.
     */
    public void trade(final int buyer, final int seller, final long lots, final long cash) {
        settleFunding(buyer);
        settleFunding(seller);
        final int asset = instruments.asset(positions.instrument(buyer));
        positions.move(buyer, lots, -cash);
        positions.move(seller, -lots, cash);
        addCash(bucketOf(buyer), asset, -cash);
        addCash(bucketOf(seller), asset, cash);
    }

    /**
     * Closes a position for cash while its whole market is settled. The cash comes from nobody in particular: whoever
     * settles closes every position of the market in the same command, and hands what their cash leaves over to {@link
     * #leaveOver}. Funding has been settled before.
     *
     * @param cash signed, what the bucket receives.
     */
    public void close(final int position, final long cash) {
        positions.move(position, -positions.lots(position), cash);
        addCash(bucketOf(position), instruments.asset(positions.instrument(position)), cash);
    }

    /** ROUNDING takes what the closings of a market have left over: a few quanta, for their cash is rounded down. */
    public void leaveOver(final int asset, final long amount) {
        addCash(crossBucket(ROUNDING, asset), asset, amount);
    }

    // Collateral

    /** Lists an asset as collateral for another, or replaces its haircut and caps; the caller has checked the terms. */
    public void defineCollateral(
            final int asset,
            final int settleAsset,
            final int instrument,
            final long cap,
            final long drawCap,
            final int haircutPpm) {
        collaterals.define(
                asset,
                settleAsset,
                instrument,
                cap,
                drawCap,
                haircutPpm,
                instruments.tickSize(instrument),
                assets.scale(asset),
                assets.scale(settleAsset));
    }

    /** Newest pledge of the account, or {@link Collaterals#NONE}. */
    public int firstPledge(final int account) {
        return accounts.getInt(account, FIRST_PLEDGE) - 1;
    }

    /** The row of account and definition, made at first use; the caller has checked that there is room for a new one. */
    public int pledge(final int account, final int definition) {
        final int known = collaterals.findPledge(account, definition);
        if (known != Collaterals.NONE) {
            return known;
        }
        final int pledge = collaterals.addPledge(account, definition, firstPledge(account));
        accounts.set(account, FIRST_PLEDGE, pledge + 1L);
        return pledge;
    }

    /** Cash of a bucket of the pledged asset becomes part of a pledge, or comes out of one when negative. */
    public void pledge(final int bucket, final int pledge, final long amount) {
        final int asset = bucketAsset(bucket);
        addCash(bucket, asset, -amount);
        final long before = collaterals.balance(pledge);
        collaterals.balance(pledge, Math.addExact(before, amount));
        cashChanges.cross(collaterals.account(pledge), collaterals.settleAsset(collaterals.definition(pledge)));
        addToTotal(asset, collaterals.balance(pledge) - before);
    }

    /** INSURANCE takes part of a pledge for what it pays into the bucket the pledge counts in. */
    public void convert(final int pledge, final long amount, final long paid) {
        final int definition = collaterals.definition(pledge);
        final int settleAsset = collaterals.settleAsset(definition);
        transfer(crossBucket(INSURANCE, settleAsset), crossBucket(collaterals.account(pledge), settleAsset), paid);
        pledge(crossBucket(INSURANCE, collaterals.asset(definition)), pledge, -amount);
        collaterals.draw(definition, paid);
    }

    private void addCash(final int bucket, final int asset, final long amount) {
        if (amount == 0) {
            return;
        }
        final long before = cash(bucket);
        final long after = Math.addExact(before, amount);
        if (isIsolated(bucket)) {
            final int position = isolatedPosition(bucket);
            positions.cash(position, after);
            cashChanges.isolated(positions.account(position), position);
        } else {
            crossBuckets.set(bucket, CASH, after);
            noteCross(bucketAccount(bucket), asset);
        }
        addToTotal(asset, cash(bucket) - before);
    }

    /** Only members are told. */
    private void noteCross(final int account, final int asset) {
        positions.changed().disturb(account);
        if (account >= SYSTEM_ACCOUNTS) {
            cashChanges.cross(account, asset);
        }
    }

    private void addToTotal(final int asset, final long change) {
        final boolean balanced = totalCash[asset] == assets.netDeposits(asset);
        totalCash[asset] += change;
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
     * @throws InvariantViolation when cash, lots or funding have come from nowhere.
     */
    public void checkBalance() {
        if (unbalancedAssets != 0 || positions.unbalancedInstruments() != 0 || funding.unequalInstruments() != 0) {
            throw new InvariantViolation("zero-sum is broken in " + unbalancedAssets + " assets, "
                    + positions.unbalancedInstruments() + " instruments and the funding of "
                    + funding.unequalInstruments());
        }
    }

    /** Checks the identity, the running totals and the hashes against every cell. */
    public void verifyInFull() {
        StateCheck.verify(this);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        assets.visit(visitor);
        instruments.visit(visitor);
        rules.visit(visitor);
        positions.visit(visitor);
        funding.visit(visitor);
        collaterals.visit(visitor);
        cashChanges.visit(visitor);
        visitor.part(accounts);
        visitor.part(accountById);
        visitor.part(crossBuckets);
        visitor.derived(this);
    }

    @Override
    public void rebuild() {
        accountOrder.rebuild(accountCount());
        funding.rebuild(positions);
        unbalancedAssets = 0;
        for (int asset = 0; asset < assets.count(); asset++) {
            totalCash[asset] = sumOfCash(asset);
            unbalancedAssets += totalCash[asset] == assets.netDeposits(asset) ? 0 : 1;
        }
    }

    @Override
    public void verify() {
        funding.verify(this);
        for (int asset = 0; asset < assets.count(); asset++) {
            final long sum = sumOfCash(asset);
            if (sum != totalCash[asset] || sum != assets.netDeposits(asset)) {
                throw new InvariantViolation("asset " + assets.id(asset) + ": cash sums to " + sum + ", running total "
                        + totalCash[asset] + ", deposits less withdrawals " + assets.netDeposits(asset));
            }
        }
        checkBalance();
    }

    private long sumOfCash(final int asset) {
        long sum = 0;
        for (int account = 0; account < accountCount(); account++) {
            sum += cash(crossBucket(account, asset));
        }
        for (int position = 0; position < positions.count(); position++) {
            if (instruments.asset(positions.instrument(position)) == asset) {
                sum += positions.cash(position);
            }
        }
        for (int pledge = 0; pledge < collaterals.pledgeCount(); pledge++) {
            if (collaterals.asset(collaterals.definition(pledge)) == asset) {
                sum += collaterals.balance(pledge);
            }
        }
        return sum;
    }

    /** Hash of the noun, O(1). */
    public long hash() {
        return sum.of(this);
    }
}
