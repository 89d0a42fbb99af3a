using CustomerValue.Architecture.Tests.Picture;

namespace CustomerValue.Architecture.Tests;

public sealed class PictureTests
{
    [Fact]
    public void The_picture_of_the_house_shows_its_project_references() => Generated.ShouldBeCommitted(HousePicture.Draw(), "docs", "house.svg");
}
