namespace Mayfly.Engine.Images;

/// <summary>Where a build takes its own parts from.</summary>
/// <param name="RecipeDirectory">Directory with the recipes and <c>common</c>.</param>
/// <param name="AgentPath">The guest agent's binary for x86-64 Linux with glibc.</param>
internal sealed record RecipeBuilderOptions(string RecipeDirectory, string AgentPath);
