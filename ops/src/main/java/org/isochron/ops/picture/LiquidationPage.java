package org.isochron.ops.picture;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.replay.audit.Cascade;
import org.isochron.replay.audit.LiquidationFindings;
import org.isochron.replay.audit.LiquidationFindings.Finding;
import org.isochron.replay.audit.LiquidationFindings.Longest;
import org.isochron.replay.audit.LiquidationRow;

/** An audit of liquidations as one page: verdict, a picture of each cascade, and every liquidation in a table. */
public final class LiquidationPage {
    private static final long NANOS = 1_000_000_000L;

    private static final String STYLE = """
            :root{color-scheme:light dark;--paper:#fbfcfd;--card:#fff;--ink:#16202b;--soft:#526170;--grid:#e3e8ee;
            --rule:#c9d2dc;--mark:#1f5fa8;--book:#9cc3e6;--fund:#f0b35e;--adl:#b3408f;--adlfill:#e3a6d2;--settled:#8a94a0;
            --hatch:#16202b66;--good:#1c7c4a;--bad:#b3261e}
            @media(prefers-color-scheme:dark){:root{--paper:#11161c;--card:#181f27;--ink:#e8edf2;--soft:#9fb0c0;
            --grid:#28323d;--rule:#3a4754;--mark:#7db7f5;--book:#2f6496;--fund:#a86f1f;--adl:#e58acb;--adlfill:#7d3569;
            --settled:#5b6672;--hatch:#ffffff70;--good:#5fd196;--bad:#ff8a80}}
            body{margin:0 auto;padding:28px 24px 60px;max-width:1040px;background:var(--paper);color:var(--ink);
            font:15px/1.5 system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}
            h1{font-size:24px;margin:0 0 2px}h2{font-size:17px;margin:34px 0 8px}p{margin:6px 0;color:var(--soft)}
            .verdict{font-weight:600;font-size:16px;margin:14px 0}.good{color:var(--good)}.bad{color:var(--bad)}
            .tiles{display:flex;flex-wrap:wrap;gap:12px;margin:18px 0}
            .tile{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:10px 16px;min-width:116px}
            .tile b{display:block;font-size:19px;font-variant-numeric:tabular-nums}.tile span{color:var(--soft);font-size:13px}
            figure{margin:0 0 22px;padding:14px 12px 6px;background:var(--card);border:1px solid var(--rule);border-radius:10px}
            figcaption{padding:0 8px 4px;color:var(--soft);font-size:13.5px}svg{display:block;width:100%;height:auto}
            .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:13.5px;font-variant-numeric:tabular-nums}
            th,td{padding:6px 9px;text-align:right;border-bottom:1px solid var(--grid);white-space:nowrap}
            th{color:var(--soft);font-weight:600;border-bottom:1px solid var(--rule)}.left{text-align:left}
            td.said{white-space:normal}code{font:13px ui-monospace,Menlo,Consolas,monospace}
            .cascade text{font:12px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:var(--ink)}
            .cascade .title{font-weight:600;font-size:13px}.cascade .axis{fill:var(--soft);font-size:11.5px}
            .cascade .end{font-size:12px;font-weight:600}.grid{stroke:var(--grid)}.zero{stroke:var(--soft)}
            .start{stroke:var(--soft);stroke-dasharray:2 4}.line{fill:none;stroke-width:1.8;stroke-linejoin:round}
            .mark{stroke:var(--mark)}.insurance{stroke:var(--ink)}.line.adl{stroke:var(--adl);fill:none}
            .dashed{stroke-dasharray:6 3}.outline{stroke:var(--soft);stroke-width:.8}.hatch{stroke:var(--hatch);fill:none}
            .fill-book{fill:var(--book)}.fill-fund{fill:var(--fund)}.fill-adl{fill:var(--adlfill)}
            .fill-settled{fill:var(--settled)}.marker{stroke:var(--ink);stroke-width:1}
            .marker.book{fill:var(--book)}.marker.fund{fill:var(--fund)}.marker.adl{fill:var(--adlfill)}
            .marker.settled{fill:none;stroke-width:2.2}
            """;

    private final LiquidationFindings findings;
    private final String source;
    private final StringBuilder page = new StringBuilder();

    /** @param source what was audited, as its reader knows it. */
    public LiquidationPage(final LiquidationFindings findings, final String source) {
        this.findings = findings;
        this.source = source;
    }

    /** The page. It is the same for the same journal. */
    public String toHtml() {
        line("<!DOCTYPE html>");
        line("<html lang=\"en\"><head><meta charset=\"utf-8\">");
        line("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        line("<title>Audit of liquidations</title>");
        line("<style>" + STYLE + "</style></head><body>");
        head();
        cascades();
        table();
        disagreements();
        line("</body></html>");
        return page.toString();
    }

    private void line(final String text) {
        page.append(text).append('\n');
    }

    private static String escaped(final String text) {
        return Svg.escaped(text);
    }

    private void head() {
        line("<h1>Audit of liquidations</h1>");
        line("<p>Worked out again from the journal <code>" + escaped(source)
                + "</code> alone, by other means than the venue's.</p>");
        line(
                findings.isClean()
                        ? "<p class=\"verdict good\">&#10003; " + number(findings.compared())
                                + " figures and decisions worked out again: all agree.</p>"
                        : "<p class=\"verdict bad\">&#10007; " + number(findings.count()) + " of "
                                + number(findings.compared()) + " figures and decisions disagree.</p>");
        line("<div class=\"tiles\">");
        tile(number(findings.rows().size()), "liquidations");
        outcomes().forEach((outcome, count) -> tile(number(count), words(outcome)));
        final Longest longest = findings.longest();
        tile(
                longest == null ? "never" : String.format(Locale.ROOT, "%.3f s", longest.durationNs() / (double) NANOS),
                "longest below maintenance before it was acted on");
        line("</div>");
    }

    private Map<String, Long> outcomes() {
        final Map<String, Long> outcomes = new TreeMap<>();
        findings.rows().forEach(row -> outcomes.merge(row.outcome(), 1L, Long::sum));
        return outcomes;
    }

    private static String words(final String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void tile(final String figure, final String words) {
        line("<div class=\"tile\"><b>" + figure + "</b><span>" + escaped(words) + "</span></div>");
    }

    private void cascades() {
        final List<Cascade> cascades = findings.cascades();
        if (cascades.isEmpty()) {
            return;
        }
        line("<h2>Cascades</h2>");
        int number = 0;
        for (final Cascade cascade : cascades) {
            line("<figure><figcaption>" + escaped(cascade.symbol()) + ", from "
                    + time(cascade.prints().get(0).timeNs()) + ": "
                    + number(cascade.prints().size())
                    + " times lots of a liquidation found somebody</figcaption>");
            page.append(new CascadePicture(cascade, "c" + ++number).draw());
            line("</figure>");
        }
    }

    private static String time(final long timeNs) {
        return Instant.ofEpochSecond(timeNs / NANOS, timeNs % NANOS)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    private void table() {
        line("<h2>Liquidations</h2>");
        line("<div class=\"wide\"><table><thead><tr><th>sequence</th><th class=\"left\">begun</th><th>for</th>"
                + "<th>account</th><th class=\"left\">instruments</th><th>notional</th><th>book</th><th>INSURANCE</th>"
                + "<th>deleveraged</th><th>settled</th><th>cost to INSURANCE</th><th class=\"left\">outcome</th>"
                + "</tr></thead><tbody>");
        findings.rows().forEach(this::row);
        line("</tbody></table></div>");
        line(
                "<p>Lots by where they went. The cost is what INSURANCE has lost at mark by positions and deficits it took,"
                        + " less the fees it has received.</p>");
    }

    private void row(final LiquidationRow row) {
        line("<tr><td>" + row.sequence() + "</td><td class=\"left\">" + time(row.startNs()) + "</td><td>"
                + (row.endSequence() == 0
                        ? "goes on"
                        : String.format(Locale.ROOT, "%.1f s", (row.endNs() - row.startNs()) / (double) NANOS))
                + "</td><td>" + row.accountId() + "</td><td class=\"left\">" + escaped(row.instruments())
                + (row.isIsolated() ? ", isolated" : "") + "</td><td>" + money(row.notional(), row) + "</td><td>"
                + number(row.lotsToBook()) + "</td><td>" + number(row.lotsToFund()) + "</td><td>"
                + number(row.lotsDeleveraged()) + "</td><td>" + number(row.lotsSettled()) + "</td><td>"
                + money(row.cost(), row) + "</td><td class=\"left\">" + words(row.outcome()) + "</td></tr>");
    }

    private static String money(final BigInteger quanta, final LiquidationRow row) {
        return escaped(CascadePicture.amount(new BigDecimal(quanta, row.scale()).doubleValue()) + " " + row.asset());
    }

    private static String number(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private void disagreements() {
        if (findings.isClean()) {
            return;
        }
        line("<h2>Disagreements</h2><div class=\"wide\"><table><thead><tr><th>sequence</th><th>account</th>"
                + "<th class=\"left\">what</th><th class=\"left\">worked out</th><th class=\"left\">found</th></tr></thead>"
                + "<tbody>");
        for (final Finding finding : findings.findings()) {
            line("<tr><td>" + finding.sequence() + "</td><td>"
                    + (finding.accountId() == 0 ? "" : finding.accountId()) + "</td><td class=\"left said\">"
                    + escaped(finding.what()) + "</td><td class=\"left said\">" + escaped(finding.expected())
                    + "</td><td class=\"left said\">" + escaped(finding.found()) + "</td></tr>");
        }
        line("</tbody></table></div>");
        if (findings.count() > findings.findings().size()) {
            line("<p>And " + number(findings.count() - findings.findings().size()) + " more.</p>");
        }
    }
}
