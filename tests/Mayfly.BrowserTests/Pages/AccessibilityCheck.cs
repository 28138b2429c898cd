using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Mayfly.BrowserTests.Pages;

/// <summary>Looks at pages with axe, in both themes, several at a time if need be, and keeps what it finds wrong.</summary>
internal sealed class AccessibilityCheck
{
    // Colours fade from theme to theme; one between two is nobody's.
    private const string AwaitTheme = """
        async dark => {
          const frame = () => new Promise(requestAnimationFrame);
          while (document.documentElement.classList.contains('pf-v6-theme-dark') !== dark) await frame();
          await frame();
          const fading = () => document.getAnimations().filter(each => each instanceof CSSTransition && each.playState === 'running');
          while (fading().length > 0) await Promise.allSettled(fading().map(each => each.finished));
        }
        """;

    // A theme changes colours and nothing else; the other rules have been kept or broken in the light.
    private static readonly AxeRunOptions Everything = new() { ResultTypes = [ResultType.Violations] };
    private static readonly AxeRunOptions Colours = new() { ResultTypes = [ResultType.Violations], RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block") };

    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentDictionary<string, bool> _paths = new();

    /// <summary>Each element that breaks a rule: page, theme, rule, element.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Paths of the pages it has seen.</summary>
    public ICollection<string> Paths => _paths.Keys;

    /// <summary>Goes to a page and looks at it once it has all it shows.</summary>
    public async Task VisitAsync(IPage page, string name, string address)
    {
        await page.GotoAsync(address);
        await Expect(page.GetByTestId("page-title")).ToBeVisibleAsync();
        await LookAsync(page, name);
    }

    /// <summary>Looks at what a page shows now, and takes its picture.</summary>
    public async Task LookAsync(IPage page, string name)
    {
        await Expect(page.Locator("[role=progressbar][aria-label^=Loading]")).ToHaveCountAsync(0);
        _paths[new Uri(page.Url).AbsolutePath] = true;
        await LookAsync(page, name, ColorScheme.Light, "light", Everything);
        await LookAsync(page, name, ColorScheme.Dark, "dark", Colours);
    }

    private async Task LookAsync(IPage page, string name, ColorScheme theme, string themeName, AxeRunOptions rules)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
        await page.EvaluateAsync(AwaitTheme, themeName == "dark");
        await Screenshots.TakeAsync(page, $"{name}-{themeName}");
#pragma warning disable CS0618 // The other way ends in a page of its own, for frames of other origins, of which there are none: two more processes of Chromium a look.
        var result = await page.RunAxeLegacy(null, rules);
#pragma warning restore CS0618
        foreach (var (rule, node) in result.Violations.SelectMany(rule => rule.Nodes, (rule, node) => (rule, node)))
            _violations.Enqueue($"{name} ({themeName}): {rule.Id}, {rule.Help}: {node.Target} {node.Html}");
    }
}
