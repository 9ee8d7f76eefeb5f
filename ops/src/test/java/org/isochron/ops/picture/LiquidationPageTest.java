package org.isochron.ops.picture;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.Replayer;
import org.isochron.replay.audit.LiquidationAudit;
import org.isochron.replay.audit.LiquidationFindings;
import org.isochron.replay.script.ScriptRunner;
import org.isochron.sequencer.edge.memory.MemoryJournal;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class LiquidationPageTest {
    private static String page(final String source) throws Exception {
        final MemoryJournal journal = new MemoryJournalStore().open("journal");
        try (BufferedReader script = Files.newBufferedReader(Path.of("../replay/scripts/flash-crash.jsonl"))) {
            new ScriptRunner(line -> {}, journal::append).run("flash-crash", script);
        }
        final LiquidationAudit audit = new LiquidationAudit();
        new Replayer(new Venue(), audit).replay(journal.newReader(), Long.MAX_VALUE, applied -> {});
        final LiquidationFindings findings = audit.findings();
        return new LiquidationPage(findings, source).toHtml();
    }

    @Test
    void shouldStandForItself() throws Exception {
        final String page = page("journal");

        assertAll(
                () -> assertFalse(page.contains("<script"), "no script"),
                () -> assertFalse(page.contains("src="), "nothing from elsewhere"),
                () -> assertFalse(page.contains("href="), "nothing from elsewhere"),
                () -> assertFalse(page.contains("url(h"), "nothing from elsewhere"),
                () -> assertTrue(page.contains("prefers-color-scheme:dark")),
                () -> assertEquals(page, page("journal"), "the same page for the same journal"));
    }

    @Test
    void shouldTellEveryLiquidationAndWhatBecameOfIt() throws Exception {
        final String page = page("run/<journal>");

        assertAll(
                () -> assertTrue(page.contains("all agree")),
                () -> assertTrue(page.contains("run/&lt;journal&gt;")),
                () -> assertTrue(page.contains("<td class=\"left\">taken over</td>")),
                () -> assertTrue(page.contains("<td class=\"left\">deleveraged</td>")),
                () -> assertTrue(page.contains("<td class=\"left\">closed in market</td>")));
    }

    @Test
    void shouldDrawAWellFormedPictureWithAxesUnitsAndALegend() throws Exception {
        final String page = page("journal");
        final String picture = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + "</svg>".length());

        final Document parsed = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(picture)));
        assertEquals("svg", parsed.getDocumentElement().getTagName());
        assertAll(
                () -> assertTrue(picture.contains("aria-label=\"Cascade in BTC-PERP"), picture),
                () -> assertTrue(picture.contains("Liquidated notional at mark, since the start, USD")),
                () -> assertTrue(picture.contains("Insurance fund, cash and positions at mark, USD")),
                () -> assertTrue(picture.contains("Deleveraged notional at mark, since the start, USD")),
                () -> assertTrue(picture.contains("seconds since the first lot of the cascade, sequenced time")),
                () -> assertTrue(picture.contains("class=\"legend\">to INSURANCE<")),
                () -> assertFalse(picture.contains("NaN")),
                () -> assertFalse(picture.contains("Infinity")));
    }
}
